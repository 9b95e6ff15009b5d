"""Whose a role is: what "of", "for", "to", "at" and "with" hang on it, and when a title is nobody."""

from __future__ import annotations


def test_the_government_of_a_person_is_his_states(code):
    """The person stays a mention of his own behind the phrase."""
    assert code("The government of Evo Morales promised gas.", "The government", "2012-06-01") == "BOLGOV"
    assert code("The government of Evo Morales promised gas.", "Evo Morales", "2012-06-01") == "BOLGOV"


def test_an_adviser_to_an_office_is_of_its_state(code):
    """Advisers and aides belong to whom "to" names."""
    assert code("Ruth Achieng, an adviser to the Kenyan president, stayed.", "Ruth Achieng") == "KENGOV"


def test_a_director_for_a_country_deals_with_it(code):
    """A desk is not the country's, nor is a role that "for" gives a subject."""
    text = "Iranian diplomats waited. Ruth Achieng, senior director for Iran, stayed at home with Turkish guests."
    assert code(text, "Ruth Achieng") != "IRNGOV"


def test_an_envoy_for_the_only_country_named_is_not_its_own(code):
    """Where somebody is sent says nothing of who sends them."""
    assert code("The special envoy for Libya landed.", "Libya") == "LBY"
    assert code("The special envoy for Libya landed.", "The special envoy") is None


def test_a_body_behind_what_somebody_deals_with_is_theirs(code):
    """ "At" names the employer though a subject stands between."""
    text = "Ruth Achieng, deputy coordinator for sanctions policy at the State Department, stayed."
    assert code(text, "Ruth Achieng") == "USAGOV"


def test_an_analyst_with_a_body_is_of_its_country(code):
    """ "With" names an employer where it hangs on the role itself."""
    assert code("An analyst with the RAND Corporation wrote it.", "An analyst with the RAND Corporation") == "USACVL"


def test_a_chief_of_staff_of_a_civilian_is_no_soldier(code):
    """The chief of staff of a state is its army's, that of a minister the minister's."""
    assert code("Israel's chief of staff resigned.", "chief of staff") == "ISRMIL"
    text = "Kenyan Foreign Minister Ruth Achieng left. Her chief of staff resigned."
    assert code(text, "Her chief of staff") == "KENGOV"


def test_a_title_that_somebody_gets_is_nobody_of_its_own(code):
    """ "Elected president", "as minister" and "in exile" tell of their subject."""
    assert code("Ruth Achieng of Kenya was elected president.", "president") is None
    assert code("Ruth Achieng of Kenya worked as minister.", "minister") is None
    assert code("Ruth Achieng of Kenya lived in exile.", "exile") is None


def test_the_family_of_nobody_in_politics_is_nobody(code):
    """Mothers are elites only where the words say of whom."""
    assert code("Many mothers wept.", "mothers") is None
    assert code("The wife of the Bolivian president left.", "The wife of the Bolivian president") == "BOLELI"


def test_the_spokesman_of_an_opponent_is_no_government(code):
    """Whoever speaks for a person is of that person's side."""
    text = "Kenyan opposition leader Ruth Achieng left. Her spokesman stayed."
    assert code(text, "Her spokesman") == "KENOPP"


def test_the_branch_of_an_armed_group_is_the_groups(code):
    """An affiliate of a firm is a firm, one of al-Qaeda is not."""
    assert code("The local al-Qaeda affiliate left.", "The local al-Qaeda affiliate") == "IMGREB"


def test_two_of_a_kind_are_not_the_one_before(code):
    """A plural does not pick up one person, though the word covers the office."""
    text = "The Kenyan president spoke. The politicians are in exile."
    assert code(text, "The politicians") != "KENGOV"


def test_the_children_of_a_ruler_are_elites(code):
    """Like their mother: PLOVER counts the families of those who govern among the elites."""
    assert code("The children of the Gabonese president left.", "The children of the Gabonese president") == "GABELI"
    assert code("Kenyan children slept in the hall.", "Kenyan children") == "KENCVL"


def test_officers_of_a_service_are_of_the_service(code):
    """An officer is a soldier only where nothing else is said."""
    assert code("Stasi officers stood at the bridge.", "Stasi officers", "1961-08-15") == "DDRSPY"


def test_a_contingent_is_made_of_whom_it_names(code):
    """Of fans it is no troop."""
    assert code("A contingent of Syrian fans sang.", "A contingent of Syrian fans") == "SYRCVL"


def test_a_word_for_work_at_the_end_of_a_longer_one_is_a_role(code):
    """A metalworker is a worker, whatever the metal."""
    assert code("Spanish metalworkers whistled.", "Spanish metalworkers") == "ESPLAB"


def test_one_of_several_is_who_the_apposition_names(code):
    """ "One of the ministers" is one person."""
    assert code("One of the Kenyan ministers, Ruth Achieng, stayed.", "Ruth Achieng") == "KENGOV"


def test_the_next_president_is_not_the_present_one(code):
    """Nobody holds the office yet: the phrase does not pick up its holder."""
    text = "Former Kenyan president Ruth Achieng left. The next president will decide."
    assert code(text, "The next president") != "KENELI"
