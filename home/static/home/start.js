/* Wagtail starts its widgets by inline scripts, which the admin's content security policy does not run.
   Here each is an element that names the call instead: <span data-controller="start" data-start-call-value="...">.
   See home/upstream/admin_scripts.py. */
(() => {
  const { Controller } = window.StimulusModule;

  class StartController extends Controller {
    static values = { call: String, arguments: Array };

    connect() {
      const [name, isNew] = this.callValue.startsWith('new ')
        ? [this.callValue.slice(4), true]
        : [this.callValue, false];
      const called = name.split('.').reduce((found, part) => found[part], window);
      this.element.remove();
      if (isNew) {
        new called(...this.argumentsValue);
      } else {
        called(...this.argumentsValue);
      }
    }
  }

  window.wagtail.app.register('start', StartController);

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
