// Moments that scripts write, such as those of comments, are by the site's clock, not by the browser's.
(() => {
  const { zone } = document.currentScript.dataset;
  const Stock = Intl.DateTimeFormat;
  function Format(locales, options) {
    return new Stock(locales, { timeZone: zone, ...options });
  }
  Format.prototype = Stock.prototype;
  Format.supportedLocalesOf = Stock.supportedLocalesOf;
  Intl.DateTimeFormat = Format;
  window.newsroomTime = () => new Format(document.documentElement.lang, { timeStyle: 'medium' }).format(new Date());
})();
