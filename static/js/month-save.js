// The pending changes of a month on their way to the server, and what it says; nothing is lost on the way.
(() => {
  "use strict";

  const { SESSION_ENDED } = window.cistor;
  const FAILED = "Nie zapisano: serwer nie odpowiedział tak, jak powinien. Zmiany zostają na tej stronie, spróbuj jeszcze raz.";
  const NOT_YOURS = "Nie zapisano: nie możesz już zmieniać obecności tej grupy. Zmiany zostają na tej stronie.";

  // save() sends all that is pending in one request; renew(html, sent) puts the answer in place, refuse(text) says why not.
  const makeSaver = (form, board, { refuse, renew }) => {
    const token = form.elements.csrfmiddlewaretoken;
    let isSaving = false;

    const save = async () => {
      if (isSaving || !board.pending.size) return;
      isSaving = true;
      form.setAttribute("aria-busy", "true");
      const sent = new Map(board.pending);
      try {
        await take(await send(JSON.stringify(board.asSent())), sent);
      } catch {
        refuse(FAILED);
      }
      isSaving = false;
      form.removeAttribute("aria-busy");
    };

    const send = async (changes) => {
      const answer = await post(changes);
      if (answer.status !== 403) return answer;
      // Whoever logged in again in another tab has another token now.
      const fresh = await fetch(location.href, { headers: { "HX-Request": "true" } });
      if (fresh.headers.has("HX-Redirect")) return fresh;
      const page = new DOMParser().parseFromString(await fresh.text(), "text/html");
      token.value = page.querySelector("[data-save-form] [name=csrfmiddlewaretoken]")?.value ?? token.value;
      return post(changes);
    };
    const post = (changes) =>
      fetch(location.pathname + location.search, {
        method: "POST",
        headers: { "HX-Request": "true" },
        body: new URLSearchParams({ csrfmiddlewaretoken: token.value, zmiany: changes }),
      });

    const take = async (answer, sent) => {
      if (answer.headers.has("HX-Redirect")) refuse(SESSION_ENDED);
      else if (answer.status === 403 || answer.status === 404) refuse(NOT_YOURS);
      else if (answer.status === 422) refuse(await answer.text());
      else if (answer.ok || answer.status === 409) takeGrid(await answer.text(), sent);
      else refuse(FAILED);
    };
    // A network may answer in the server's place, with a page of its own.
    const takeGrid = (html, sent) => {
      const isGrid = new DOMParser().parseFromString(html, "text/html").querySelector("table[data-saved]");
      if (isGrid) renew(html, sent);
      else refuse(FAILED);
    };
    return save;
  };

  Object.assign(window.cistor, { makeSaver });
})();
