/* Two drafts beside each other: what somebody saves appears by itself, and both scroll together, block by block. */
(() => {
  const EVERY = 3000; // milliseconds
  const frames = [...document.querySelectorAll('iframe')];
  const status = document.querySelector('[role=status]');
  const known = {};
  let leader = null;

  const blocks = (frame) => [...(frame.contentDocument?.querySelectorAll("[id^='b-']") || [])];

  function follow(frame) {
    if (leader && leader !== frame) {
      return;
    }
    leader = frame;
    clearTimeout(follow.rest);
    follow.rest = setTimeout(() => {
      leader = null;
    }, 150);
    const top = blocks(frame).find((block) => block.getBoundingClientRect().bottom > 0);
    frames
      .filter((other) => other !== frame)
      .forEach((other) => {
        const view = other.contentWindow;
        const place = top && other.contentDocument.getElementById(top.id);
        if (frame.contentWindow.scrollY === 0) {
          view.scrollTo(0, 0);
        } else if (place) {
          const offset = top.getBoundingClientRect().top;
          view.scrollTo(0, view.scrollY + place.getBoundingClientRect().top - offset);
        }
      });
  }

  frames.forEach((frame) => {
    frame.addEventListener('load', () => {
      const view = frame.contentWindow;
      view.scrollTo(0, Number(frame.dataset.scroll || 0));
      view.addEventListener('scroll', () => follow(frame), { passive: true });
      // A link in a draft leads to the public site: not inside the frame.
      frame.contentDocument.querySelectorAll('a[href]').forEach((link) => {
        link.target = '_blank';
        link.rel = 'noopener';
      });
    });
  });

  async function look() {
    if (!document.hidden) {
      try {
        const response = await fetch(document.body.dataset.stamps);
        const stamps = await response.json();
        frames.forEach((frame) => {
          const { language } = frame.dataset;
          if (known[language] && known[language] !== stamps[language]) {
            frame.dataset.scroll = frame.contentWindow.scrollY;
            frame.contentWindow.location.reload();
          }
          known[language] = stamps[language];
        });
        status.textContent = status.dataset.updated.replace(
          '{moment}',
          new Date().toLocaleTimeString(document.documentElement.lang, { timeZone: document.body.dataset.zone }),
        );
      } catch {
        status.textContent = '…'; // the next look may find the connection again
      }
    }
    setTimeout(look, EVERY);
  }
  look();
})();
