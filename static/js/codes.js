// Codes by their letters: the first key sets the code used most, a second one typed at once refines it (N, U = NU).
// attendance/keys.py says which keys those are. Codes come in the order of the regulations, `use` is their place in the
// order of use: [{meaning, letters, use, …}].
(() => {
  "use strict";

  // Longer than a slow finger needs between two letters, shorter than it takes to look at the next person.
  const PAUSE = 1000;

  const typed = (text) => text.replace(/\s/g, "").toLocaleUpperCase("pl");

  // The code written just so, else of those that begin so the one used most.
  const findCode = (codes, text) => {
    const keys = typed(text);
    const rows = keys ? codes.filter((code) => typed(code.letters).startsWith(keys)) : [];
    return rows.find((code) => typed(code.letters) === keys) ?? rows.sort((one, other) => one.use - other.use)[0] ?? null;
  };

  // type(key) gives the meaning that the keys set so far, or null where the key belongs to no code; a blank is a key
  // only inside of a code (L, 4, blank, O). isRefined() says whether it took more than one key; reset() forgets what was
  // typed, as when the focus moves on.
  const codeTyper = (codes, now = () => performance.now()) => {
    let soFar = "";
    let last = 0;

    const type = (key) => {
      if (key.length !== 1) return null;
      const fresh = now() - last > PAUSE;
      const before = fresh ? "" : soFar;
      if (key === " ") return before && codes.some((code) => begins(code, `${before} `)) ? keep(before) : null;
      return keep(findCode(codes, before + key) ? before + key : key);
    };
    const begins = (code, text) => code.letters.toLocaleUpperCase("pl").startsWith(text.toLocaleUpperCase("pl"));
    const keep = (text) => {
      const code = findCode(codes, text);
      soFar = code ? text : "";
      last = now();
      return code ? code.meaning : null;
    };
    const reset = () => {
      soFar = "";
    };
    const isRefined = () => soFar.length > 1;
    return { type, isRefined, reset };
  };

  window.cistor = Object.assign(window.cistor ?? {}, { codeTyper, findCode });
})();
