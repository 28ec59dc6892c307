// The site works without this. It remembers the reader's language and size of type, keeps their place when they switch
// language, and copies. Nothing is sent anywhere.
(() => {
  const root = document.documentElement;
  const stored = (name, value) => {
    try {
      return value === undefined ? localStorage.getItem(name) : localStorage.setItem(name, value);
    } catch {
      return null; // storage is switched off
    }
  };

  const setTypeSize = (size) => {
    root.dataset.type = size;
    document.querySelectorAll('[data-type-size]').forEach((button) => {
      button.setAttribute('aria-pressed', String(button.dataset.typeSize === size));
    });
  };
  setTypeSize(stored('type') || '0');

  // The block at the top of the window has the same name in the other language, and where both are read.
  const blockBeingRead = () => {
    const blocks = [...document.querySelectorAll("[id^='b-']")];
    if (scrollY < 200) {
      return null;
    }
    return blocks.find((block) => block.getBoundingClientRect().bottom > 80);
  };

  const copy = async (button, text) => {
    await navigator.clipboard.writeText(text);
    const words = button.textContent;
    button.textContent = button.dataset.copied;
    setTimeout(() => {
      button.textContent = words;
    }, 2000);
  };

  document.addEventListener('click', (event) => {
    const size = event.target.closest('[data-type-size]');
    if (size) {
      setTypeSize(size.dataset.typeSize);
      stored('type', size.dataset.typeSize);
    }
    const language = event.target.closest('.switcher a:not([data-keeps-block])');
    if (language) {
      const code = language.getAttribute('href').split('/')[1];
      document.cookie = `django_language=${code}; path=/; max-age=31536000; samesite=lax`;
    }
    const same = event.target.closest('.switcher a[hreflang], [data-keeps-block]');
    const block = same && blockBeingRead();
    if (block) {
      same.hash = block.id;
    }
    const link = event.target.closest('[data-copy]');
    if (link) {
      copy(link, link.dataset.copy);
    }
    const full = event.target.closest('[data-copy-article]');
    if (full) {
      const article = full.closest('article');
      const parts = [article.querySelector('h1'), ...article.querySelectorAll('.prose > .block')];
      copy(full, [...parts.map((part) => part.innerText.trim()), full.dataset.copyArticle].join('\n\n'));
    }
  });

  // Titles and topics while one types. Without this, the search page lists the topics.
  const suggest = (input) => {
    const list = input.list;
    let timer,
      asked = input.value;
    input.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const words = input.value.trim();
        if (!words || words === asked) {
          return;
        }
        asked = words;
        const answer = await fetch(`${input.dataset.suggestions}?q=${encodeURIComponent(words)}`);
        if (!answer.ok || words !== asked) {
          return;
        }
        const { suggestions } = await answer.json();
        list.replaceChildren(
          ...suggestions.map((text) => Object.assign(document.createElement('option'), { value: text })),
        );
      }, 200);
    });
  };

  document.addEventListener('DOMContentLoaded', () => {
    document.querySelectorAll('input[data-suggestions]').forEach(suggest);
    setTypeSize(stored('type') || '0');
    document.querySelectorAll('.type-sizes').forEach((group) => {
      group.hidden = false;
    });
    if (navigator.clipboard) {
      document.querySelectorAll('[data-copy], [data-copy-article]').forEach((button) => {
        button.parentElement.hidden = false;
      });
    }
  });
})();
