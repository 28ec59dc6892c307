/* Says on the page that localize's editor is not as news/translation.js expects it: instead of no drafts, no terms and no
   findings, without a word. It waits for the event by which that script says that it has found every paragraph. */
document.addEventListener('DOMContentLoaded', () => {
  const PATIENCE = 7000; // milliseconds; news/translation.js looks for five seconds
  const notice = document.querySelector('[data-unless-drawn]');
  const timer = setTimeout(() => {
    notice.hidden = false;
    document.dispatchEvent(new CustomEvent('newsroom:not-drawn'));
  }, PATIENCE);
  document.addEventListener('newsroom:drawn', () => {
    clearTimeout(timer);
    notice.hidden = true; // a slow machine may have been late
  });
});
