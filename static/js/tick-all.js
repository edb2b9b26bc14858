// A list of boxes gets a button that ticks them all; the form is sent by hand all the same.
(() => {
  "use strict";

  const boxes = [...document.querySelectorAll("main form input[type=checkbox][name=people]")];
  if (boxes.length < 2) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-secondary btn-sm mb-2";
  const areAll = () => boxes.every((box) => box.checked);
  const name = () => {
    button.textContent = areAll() ? "Odznacz wszystkich" : "Zaznacz wszystkich";
  };
  button.addEventListener("click", () => {
    const tick = !areAll();
    boxes.forEach((box) => (box.checked = tick));
    name();
  });
  boxes.forEach((box) => box.addEventListener("change", name));
  name();
  boxes[0].closest("fieldset, div.mb-3").querySelector("legend, label").after(button);
})();
