// The page of a day: tiles by arrows, codes by their letters, undo, counters that follow, and what a mark costs.
// Without this file the same is done by taps and round trips. Needs cistor.js, codes.js and
// today-save.js.
(() => {
  "use strict";

  const form = document.querySelector("form[data-day]");
  if (!form) return;
  const find = (selector, within = form) => within.querySelector(selector);
  const all = (selector, within = form) => [...within.querySelectorAll(selector)];
  const tiles = all("details.person");
  const codes = JSON.parse(document.getElementById("codes").textContent);
  const { codeTyper, makeDaySaver, plural, takes, SESSION_ENDED } = window.cistor;
  const typer = codeTyper(codes);

  // A tile ------------------------------------------------------------------------------------------------------------

  const face = (tile) => find("summary", tile);
  const nameOf = (tile) => find(".who", tile).textContent;
  const radios = (tile) => all("input[type=radio]", tile);
  const isOpenToMarks = (tile) => radios(tile).length > 0;
  const meaningOf = (tile) => radios(tile).find((radio) => radio.checked)?.value ?? null;
  const shownOn = (tile) => meaningOf(tile) ?? tile.dataset.stands;
  const provisional = (tile) => find("input[type=checkbox]", tile);
  const stateOf = (tile) => ({ meaning: meaningOf(tile), provisional: provisional(tile)?.checked ?? false });
  const same = (one, other) => one.meaning === other.meaning && one.provisional === other.provisional;

  const show = (tile, state) => {
    for (const radio of radios(tile)) radio.checked = radio.value === state.meaning;
    provisional(tile).checked = state.provisional;
  };

  // As the server writes a mark: "late?" is late, provisionally.
  const wanted = (tile) => {
    const { meaning, provisional } = stateOf(tile);
    return meaning + (meaning && provisional ? "?" : "");
  };

  // What is stored counts as seen; a button chosen by nobody asks for nothing.
  const isChanged = (tile) => {
    if (!isOpenToMarks(tile) || meaningOf(tile) === null) return false;
    return find("input[name$='-seen']", tile).value !== wanted(tile);
  };

  const words = (tile) => {
    const code = codes.find((one) => one.meaning === shownOn(tile));
    if (!code) return `${nameOf(tile)}: nieoznaczone`;
    return `${nameOf(tile)}: ${code.letters} – ${code.name}${stateOf(tile).provisional ? ", tymczasowo" : ""}`;
  };

  const people = (count) => plural(count, "osoba", "osoby", "osób");

  // Words and counters --------------------------------------------------------------------------------------------------

  const say = (text) => {
    find("[data-announce]").textContent = text;
  };

  const warn = (text) => {
    find("[data-notice]").textContent = text;
    find("[data-notice]").hidden = false;
  };

  const count = () => {
    const changed = tiles.filter(isChanged);
    const unmarked = tiles.filter((tile) => shownOn(tile) === "").length;
    for (const tile of tiles) tile.classList.toggle("changed", changed.includes(tile));
    const counter = find("[data-unmarked]");
    if (counter) counter.textContent = unmarked ? `Nieoznaczone: ${unmarked} z ${tiles.length}.` : "Oznaczono wszystkich.";
    const undo = find("[data-undo]");
    if (undo) undo.hidden = false;
    undo?.setAttribute("aria-disabled", String(done.length === 0));
    find("[data-changed]").hidden = changed.length === 0;
    find("[data-changed]").textContent = `Niezapisane zmiany: ${changed.length}.`;
    return changed.length;
  };

  // Undo: a step is a list of [tile, before, after] ---------------------------------------------------------------------

  const done = [];
  const undone = [];
  const known = new Map();

  const remember = () => {
    for (const tile of tiles.filter(isOpenToMarks)) known.set(tile, stateOf(tile));
    count();
  };

  // Whatever differs from what was known becomes one step.
  const keep = () => {
    const step = [...known].map(([tile, before]) => [tile, before, stateOf(tile)]).filter(([, a, b]) => !same(a, b));
    if (!step.length) return;
    done.push(step);
    undone.length = 0;
    for (const [tile, , after] of step) known.set(tile, after);
    count();
    step.forEach(([tile]) => showCost(tile));
  };

  const move = (from, to, pick, word) => {
    const step = from.pop();
    if (!step) return say(`Nie ma czego ${word[0]}.`);
    to.push(step);
    for (const [tile, before, after] of step) {
      show(tile, pick(before, after));
      known.set(tile, stateOf(tile));
      showCost(tile);
    }
    count();
    if (step.length === 1) focus(step[0][0]);
    return say(`${word[1]}. ${step.length === 1 ? words(step[0][0]) : people(step.length)}`);
  };
  const undo = () => move(done, undone, (before) => before, ["cofnąć", "Cofnięto"]);
  const redo = () => move(undone, done, (before, after) => after, ["przywrócić", "Przywrócono"]);

  // Marking -------------------------------------------------------------------------------------------------------------

  const mark = (tile, { meaning, provisional }) => {
    if (!isOpenToMarks(tile)) return say(`${nameOf(tile)}: tego dnia nie można tu zmienić.`);
    show(tile, { meaning, provisional: Boolean(meaning) && provisional });
    keep();
    ask(tile);
    return say(words(tile));
  };
  const set = (tile, meaning) => mark(tile, { ...stateOf(tile), meaning });
  const toggleProvisional = (tile) => mark(tile, { ...stateOf(tile), provisional: !stateOf(tile).provisional });

  const fill = () => {
    if (!find("button[name=fill]")) return;
    const empty = tiles.filter((tile) => meaningOf(tile) === "");
    for (const tile of empty) show(tile, { meaning: "present", provisional: false });
    keep();
    say(empty.length ? `Pozostali obecni: ${people(empty.length)}. Jeszcze nic nie jest zapisane.` : "Wszyscy są oznaczeni.");
  };

  const save = () => form.requestSubmit(find("button.btn-primary") ?? undefined);

  // Moving: one tile is the stop of the Tab key, arrows go on from it ------------------------------------------------------

  let current = tiles[0];
  const stop = (tile) => {
    typer.reset();
    face(current).tabIndex = -1;
    face(tile).tabIndex = 0;
    current = tile;
  };
  const focus = (tile) => {
    stop(tile);
    face(tile).focus();
  };

  // From anywhere outside the tiles, to where there is something to do.
  const enter = () => focus(tiles.find((tile) => shownOn(tile) === "") ?? tiles[0]);

  const place = (tile) => face(tile).getBoundingClientRect();
  // The tile beside this one in the next column: nearest in height.
  const beside = (tile, side) => {
    const { left, top } = place(tile);
    const farther = tiles.map((one) => [one, place(one)]).filter(([, box]) => (box.left - left) * side > 1);
    const nearest = Math.min(...farther.map(([, box]) => Math.abs(box.left - left)));
    const column = farther.filter(([, box]) => Math.abs(Math.abs(box.left - left) - nearest) < 2);
    return column.sort(([, a], [, b]) => Math.abs(a.top - top) - Math.abs(b.top - top))[0]?.[0];
  };
  const steps = {
    ArrowDown: (tile) => tiles[tiles.indexOf(tile) + 1],
    ArrowUp: (tile) => tiles[tiles.indexOf(tile) - 1],
    ArrowRight: (tile) => beside(tile, 1),
    ArrowLeft: (tile) => beside(tile, -1),
    Home: () => tiles[0],
    End: () => tiles.at(-1),
  };

  // An open panel goes along.
  const go = (tile) => {
    if (!tile) return;
    if (tiles.some((one) => one.open)) tile.open = true;
    focus(tile);
  };

  const close = () => {
    const open = tiles.find((tile) => tile.open);
    if (!open) return false;
    const inside = open.contains(document.activeElement);
    open.open = false;
    if (inside) focus(open);
    return true;
  };

  // Keys ------------------------------------------------------------------------------------------------------------------

  const press = (selector) => () => document.querySelector(selector)?.click();
  const fillFromHere = () => {
    if (!document.activeElement.closest("details.person")) enter();
    fill();
  };
  const single = { "*": fillFromHere, "[": press("main a[rel=prev]"), "]": press("main a[rel=next]") };
  const withCtrl = { z: undo, y: redo, s: save, enter: save };
  const isText = (element) => element.matches("input:not([type=radio], [type=checkbox]), textarea, select");

  const commanded = (event) => {
    const key = event.key.toLowerCase();
    const command = key === "z" && event.shiftKey ? redo : withCtrl[key];
    if (!command || !known.size) return false;
    command();
    return true;
  };

  const onTile = (event, tile) => {
    const onFace = event.target === face(tile);
    if (onFace && event.key in steps) {
      go(steps[event.key](tile));
      return true;
    }
    if (event.key === "Delete" || event.key === "Backspace") {
      set(tile, "");
      return true;
    }
    if (event.key === "!") {
      toggleProvisional(tile);
      return true;
    }
    const meaning = event.key === " " && !onFace ? null : typer.type(event.key);
    if (meaning) set(tile, meaning);
    return Boolean(meaning);
  };

  const pressed = (event) => {
    // AltGr writes letters; Windows says it is Ctrl with Alt.
    const isLetter = event.getModifierState("AltGraph");
    if (!isLetter && (event.ctrlKey || event.metaKey)) return commanded(event);
    if (!isLetter && event.altKey) return false;
    if (event.key === "Escape") return close();
    const tile = event.target.closest("details.person");
    if (tile && onTile(event, tile)) return true;
    if (event.target === document.body && event.key.startsWith("Arrow")) {
      enter();
      return true;
    }
    if (!(event.key in single) || (!tile && localStorage.getItem("shortcuts") === "off")) return false;
    single[event.key]();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || isText(event.target) || document.querySelector("dialog[open]")) return;
    if (pressed(event)) event.preventDefault();
  });

  // What a mark costs: asked for one person at a time, when somebody looks ----------------------------------------------------

  const WAIT = 150;
  const answers = new Map();
  const asking = new Map();

  const write = (place, amount = "") => {
    place.textContent = amount;
    place.classList.toggle("takes", takes(amount));
  };

  const showCost = (tile) => {
    const answer = answers.get(tile);
    if (!answer) return;
    const cost = answer.codes?.[shownOn(tile)];
    for (const place of all("[data-cost-of]", tile)) write(place, answer.codes?.[place.dataset.costOf]?.amount);
    write(find("[data-cost-short]", tile), /[1-9]/.test(cost?.amount ?? "") ? cost.amount : "");
    find("[data-sentence]", tile).textContent = answer.problem ?? cost?.sentence ?? "";
  };

  const answerFor = async (tile, signal) => {
    const response = await fetch(tile.dataset.cost, { headers: { "HX-Request": "true" }, signal });
    if (response.headers.has("HX-Redirect")) {
      warn(SESSION_ENDED);
      return { problem: SESSION_ENDED };
    }
    if (!response.ok) throw new Error(response.status);
    return response.json();
  };

  const load = async (tile, signal) => {
    const answer = await answerFor(tile, signal).catch(() => ({ problem: "Nie udało się policzyć skutku." }));
    if (signal.aborted) return;
    asking.delete(tile);
    answers.set(tile, answer);
    showCost(tile);
    if (tile === current) say(`${words(tile)}. ${find("[data-sentence]", tile).textContent}`);
  };

  // An answer names every code of the day, so one is enough whatever is chosen meanwhile.
  const ask = (tile) => {
    if (!tile.dataset.cost || asking.has(tile)) return;
    if (answers.get(tile)?.codes) {
      showCost(tile);
      return;
    }
    const asked = new AbortController();
    asking.set(tile, asked);
    setTimeout(() => asked.signal.aborted || load(tile, asked.signal), WAIT);
  };

  const askNoMore = (tile) => {
    asking.get(tile)?.abort();
    asking.delete(tile);
  };

  const costsMaybe = (tile) => !["", "present"].includes(shownOn(tile));

  // Hands -------------------------------------------------------------------------------------------------------------------

  form.addEventListener("change", (event) => {
    const tile = event.target.closest("details.person");
    if (!tile) return;
    keep();
    ask(tile);
    say(words(tile));
  });

  // A finger on a phone chooses once; from keys, and where there is room, the panel goes along to the next person.
  const phone = matchMedia("(max-width: 599.98px)");
  let touched = false;
  document.addEventListener("pointerdown", (event) => (touched = event.pointerType === "touch"), true);
  document.addEventListener("keydown", () => (touched = false), true);

  form.addEventListener("click", (event) => {
    if (touched && phone.matches && event.target.matches("input[type=radio]")) close();
    if (event.target.closest("button[name=fill]")) {
      event.preventDefault();
      fill();
    }
    if (event.target.closest("[data-undo]")) undo();
    if (event.target.closest("[data-close]")) close();
  });

  form.addEventListener("focusin", (event) => {
    const tile = event.target.closest("details.person");
    if (!tile) return;
    if (tile !== current) stop(tile);
    if (costsMaybe(tile)) ask(tile);
  });

  // A glance in passing asks nothing.
  form.addEventListener("focusout", (event) => {
    const tile = event.target.closest("details.person");
    if (tile && !tile.open && !tile.contains(event.relatedTarget) && !isChanged(tile)) askNoMore(tile);
  });

  const opened = (tile) => {
    ask(tile);
    window.scrollBy(0, Math.max(0, place(tile).bottom + 8 - find(".picker", tile).getBoundingClientRect().top));
  };
  form.addEventListener("toggle", (event) => event.target.open && opened(event.target), true);

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#o-']");
    const tile = link && tiles.find((one) => `#${one.id}` === link.hash);
    if (!tile) return;
    event.preventDefault();
    tile.open = true;
    focus(tile);
  });

  // What was chosen and is not saved: the field of what was seen, and what is wanted instead.
  const changes = () => tiles.filter(isChanged).map((tile) => [find("input[name$='-seen']", tile), wanted(tile)]);
  const saver = makeDaySaver(form, { changes, count, warn, save });

  // Nobody leaves with something unsaved without being asked.
  window.addEventListener("pageshow", () => {
    saver.stay();
    remember();
  });
  window.addEventListener("beforeunload", (event) => {
    if (!saver.isLeaving && count()) event.preventDefault();
  });

  for (const tile of tiles) {
    face(tile).tabIndex = tile === current ? 0 : -1;
    find("[data-close]", tile).hidden = false;
  }
  remember();
})();
