// A list of boxes gets a button that ticks them all; the form is sent by hand all the same.
// The list says of whom or what it is: data-tick-all="wszystkich" (people) or "wszystkie" (days).
(() => {
  "use strict";

  const lists = new Set([...document.querySelectorAll("main form input[data-tick-all]")].map((box) => box.name));
  lists.forEach((list) => offer([...document.querySelectorAll(`main form input[data-tick-all][name="${list}"]`)]));

  function offer(boxes) {
    if (boxes.length < 2) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-secondary btn-sm mb-2";
    const areAll = () => boxes.every((box) => box.checked);
    const name = () => {
      button.textContent = `${areAll() ? "Odznacz" : "Zaznacz"} ${boxes[0].dataset.tickAll}`;
    };
    button.addEventListener("click", () => {
      const tick = !areAll();
      boxes.forEach((box) => (box.checked = tick));
      name();
    });
    boxes.forEach((box) => box.addEventListener("change", name));
    name();
    boxes[0].closest("fieldset, div.mb-3").querySelector("legend, label").after(button);
  }
})();
