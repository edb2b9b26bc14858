// Comfort only: every page does its work without this file.
(() => {
  "use strict";

  const find = (selector) => document.querySelector(selector);
  const all = (selector) => document.querySelectorAll(selector);

  // "1 pole", "2 pola", "5 pól".
  const plural = (number, one, few, many) => {
    if (number === 1) return `${number} ${one}`;
    const isFew = [2, 3, 4].includes(number % 10) && ![12, 13, 14].includes(number % 100);
    return `${number} ${isFew ? few : many}`;
  };
  // What a page says that keeps what was chosen on it.
  const SESSION_ENDED = "Sesja wygasła. Zaloguj się w nowej karcie i zapisz jeszcze raz – wybór zostaje na tej stronie.";
  // "−89,20 zł" takes something, "−0,00 zł" nothing.
  const takes = (amount) => /^[−-].*[1-9]/.test(amount);
  window.cistor = Object.assign(window.cistor ?? {}, { plural, takes, SESSION_ENDED });

  // A form is sent once. Buttons stay focusable and keep their value, so they are marked busy, not disabled.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    // What a script sends is prevented already; a form or button with data-again answers with a file, the page stays.
    const stays = [form, event.submitter].some((element) => element && "again" in element.dataset);
    if (event.defaultPrevented || form.getAttribute("method") !== "post" || stays) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
    form.querySelectorAll("button:not([type=button])").forEach((button) => button.setAttribute("aria-disabled", "true"));
  });

  // Going back may restore the page with the form still marked.
  window.addEventListener("pageshow", () => {
    all("form[data-sent]").forEach((form) => delete form.dataset.sent);
    all("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
    all("form [aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  });

  // What went wrong is read first.
  find("[data-error-summary]")?.focus();

  // Menus close like menus.
  const closeMenus = (except) =>
    all("details.menu[open]").forEach((menu) => {
      if (menu !== except) menu.open = false;
    });
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.activeElement.closest("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // Single-key shortcuts; they can be turned off, for whoever speaks to the computer (WCAG 2.1.4).
  const help = find("dialog#help");
  const opener = find("[data-open-help]");
  const toggle = find("[data-shortcuts]");
  const shortcutsOn = () => localStorage.getItem("shortcuts") !== "off";
  const typing = (element) => element.isContentEditable || element.matches("input, textarea, select");
  const shortcuts = {
    "/": () => find("input[type=search]")?.focus(),
    "?": () => help?.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!plain || !(event.key in shortcuts) || typing(event.target) || !shortcutsOn() || find("dialog[open]")) return;
    event.preventDefault();
    shortcuts[event.key]();
  });
  if (help && opener && toggle) {
    opener.hidden = false;
    opener.addEventListener("click", () => help.showModal());
    toggle.checked = shortcutsOn();
    toggle.addEventListener("change", () => localStorage.setItem("shortcuts", toggle.checked ? "on" : "off"));
  }

  // Buttons that only a script can serve appear with it.
  all("button[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
})();
