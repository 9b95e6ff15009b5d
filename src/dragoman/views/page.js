(() => {
  if (window.dragomanLights) return;
  window.dragomanLights = true;
  const documents = () => document.querySelectorAll(".dragoman .document");
  const light = (root, label, look) => {
    for (const [name, words] of [["r", look], ["e", look + "-evidence"]]) {
      root.querySelectorAll("." + words).forEach((e) => e.classList.remove(words));
      if (label) root.querySelectorAll(`[data-${name}~="${label}"]`).forEach((e) => e.classList.add(words));
    }
  };
  const point = (event) => {
    const at = event.target.closest?.(".dragoman .document [data-r]");
    for (const root of documents()) light(root, at && root.contains(at) ? at.dataset.r.split(" ").pop() : null, "lit");
  };
  const aim = () => {
    const found = /^#([0-9a-f]{16})-([em]?\d+)(-words)?$/.exec(location.hash);
    for (const root of documents()) light(root, found && root.id === found[1] ? found[2] : null, "aimed");
  };
  addEventListener("mouseover", point);
  addEventListener("focusin", point);
  addEventListener("hashchange", aim);
  aim();
})();
