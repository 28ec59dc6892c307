"""Networks that somebody names, refused in words where one is none."""

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_network

from django.core.exceptions import ImproperlyConfigured


def known(names: Iterable[str]) -> list[IPv4Network | IPv6Network]:
    networks = []
    for name in names:
        try:
            networks.append(ip_network(name.strip()))
        except ValueError:
            raise ImproperlyConfigured(
                f"HEALTH_NETWORKS: {name!r} is no network. Write one such as 10.0.0.0/8 or 192.0.2.7, "
                "with commas between several."
            ) from None
    return networks
