/* Wagtail starts its widgets by inline scripts, which the admin's content security policy does not run.
   Here each is an element that names the call instead: <span data-start-call="...">.
   See home/upstream/admin_scripts.py. */
(() => {
  const CALL = '[data-start-call]';

  function start(element) {
    const call = element.dataset.startCall;
    const isNew = call.startsWith('new ');
    const called = call
      .replace('new ', '')
      .split('.')
      .reduce((found, part) => found[part], window);
    const given = JSON.parse(element.dataset.startArguments);
    element.remove();
    if (isNew) {
      new called(...given);
    } else {
      called(...given);
    }
  }

  const startAllIn = (element) => {
    if (element.matches?.(CALL)) {
      start(element);
    } else {
      element.querySelectorAll?.(CALL).forEach(start);
    }
  };

  /* Before Stimulus comes to them, here and in what is added later: its menus take a chooser's buttons out of it, where
     the chooser would look for them in vain. */
  document.addEventListener('readystatechange', () => {
    if (document.readyState === 'interactive') {
      startAllIn(document);
      new MutationObserver((mutations) => {
        mutations.forEach(({ addedNodes }) => [...addedNodes].filter((node) => node.isConnected).forEach(startAllIn));
      }).observe(document, { subtree: true, childList: true });
    }
  });

  // The image editor's Jcrop would ask for touch by an inline handler.
  document.addEventListener('DOMContentLoaded', () => {
    if (window.jQuery?.Jcrop) {
      window.jQuery.Jcrop.defaults.touchSupport = navigator.maxTouchPoints > 0;
    }
  });

  // wagtail-localize's form for a translation: one box that ticks all languages.
  document.addEventListener('change', ({ target }) => {
    if (target.name === 'select_all') {
      document.querySelectorAll('[name="locales"]').forEach((locale) => {
        locale.checked = target.checked;
      });
    }
  });
})();
