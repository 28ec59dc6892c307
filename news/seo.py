"""What heads of articles and partner profiles add, and what their lists share."""

from datetime import datetime

from home import clock
from home.images import CustomImage, Rendition
from home.renditions import existing
from home.seo import Head, organisation


def share_rendition(image: CustomImage | None) -> Rendition | None:
    """The rendition for shared links, if it has been made."""
    return next(iter(existing(image, "share").values()), None) if image else None


def full_rendition(image: CustomImage | None) -> Rendition | None:
    """The largest that the public gets of an image, if it has been made."""
    return next(iter(existing(image, "full").values()), None) if image else None


def iso(moment: datetime) -> str:
    return clock.local(moment).isoformat(timespec="seconds")


def article_tags(head: Head) -> None:
    article = head.page
    head.open_graph.extend([("og:type", "article"), ("article:published_time", iso(article.date))])
    head.tags.extend(
        [
            ("ArticleTitle", article.title),
            ("PubDate", clock.local(article.date).strftime("%Y-%m-%d %H:%M")),
            ("ContentSource", article.source or head.site_name),
            ("Url", head.canonical),
        ]
    )
    if head.image:
        head.tags.append(("Image", head.chrome.root_url + head.image.url))


def article_data(head: Head) -> None:
    article = head.page
    publisher = organisation(head)
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": head.canonical,
        "url": head.canonical,
        "mainEntityOfPage": head.canonical,
        "headline": article.title,
        "description": head.description,
        "inLanguage": head.language.tag,
        "datePublished": iso(article.date),
        "dateModified": iso(article.updated),
        "author": {"@type": "Organization", "name": article.source} if article.source else publisher,
        "publisher": publisher,
    }
    whole = full_rendition(article.share_image)
    if images := [head.chrome.root_url + image.url for image in (head.image, whole) if image]:
        data["image"] = images
    for language, version in head.versions.items():
        if version.pk != article.pk:
            # The original is the page that was there first: a translation is made from it.
            name = "translationOfWork" if version.pk < article.pk else "workTranslation"
            data[name] = {
                "@type": "NewsArticle",
                "@id": version.full_url,
                "headline": version.title,
                "inLanguage": language.tag,
            }
    head.structured.append(data)


def partner_data(head: Head) -> None:
    partner = head.page
    data = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": head.canonical,
        "name": partner.title,
        "description": head.description,
        "mainEntityOfPage": head.canonical,
    }
    other_names = [partner.short_name, *(former.name for former in partner.former_names.all())]
    optional = {
        "alternateName": [name for name in other_names if name],
        "url": partner.website,
        "foundingDate": str(partner.founded or ""),
        "logo": head.image and head.chrome.root_url + head.image.url,
        "address": partner.city and {"@type": "PostalAddress", "addressLocality": partner.city},
    }
    data.update({name: value for name, value in optional.items() if value})
    head.structured.append(data)
