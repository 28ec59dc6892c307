/* What wagtail-localize's editor expects of an inline script, which the admin's policy does not run. */
window.chooserUrls = JSON.parse(document.getElementById('chooser-urls').textContent);
