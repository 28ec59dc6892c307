"""A WordPress from Debian's packages, with as many posts as the site it stands beside: for bench/servers.py alone.

Needs wordpress, php-fpm, php-mysql, mariadb-server and the themes of THEMES. All of it runs in a folder that goes away.
"""

import json
import secrets
import shutil
import subprocess
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from PIL import Image

PACKAGE = Path("/usr/share/wordpress")
THEMES = {"default": "twentytwentythree", "classic": "twentytwentyone"}
"""What a new WordPress 6.1 wears, and the last of the themes that are PHP."""
TEXT = "The council of the harbour met on {day} of the month and heard what the gauges had measured since then."
CONFIG = """<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'bench'); define('DB_PASSWORD', {password});
define('DB_HOST', 'localhost:{folder}/mariadb.sock'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('AUTH_KEY', {password}); define('SECURE_AUTH_KEY', {password}); define('LOGGED_IN_KEY', {password});
define('NONCE_KEY', {password}); define('AUTH_SALT', {password}); define('SECURE_AUTH_SALT', {password});
define('LOGGED_IN_SALT', {password}); define('NONCE_SALT', {password});
define('DISABLE_WP_CRON', true); define('WP_HTTP_BLOCK_EXTERNAL', true); define('WP_AUTO_UPDATE_CORE', false);
if (isset($_SERVER['HTTP_HOST'])) {{
    define('WP_HOME', 'http://' . $_SERVER['HTTP_HOST']); define('WP_SITEURL', 'http://' . $_SERVER['HTTP_HOST']);
}}
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
THEME = """<?php
if (isset($_SERVER['THEME'])) {
    $theme = function () { return $_SERVER['THEME']; };
    add_filter('template', $theme); add_filter('stylesheet', $theme);
    add_filter('pre_option_template', $theme); add_filter('pre_option_stylesheet', $theme);
}
"""
INSTALL = """<?php
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = '127.0.0.1';
require '{root}/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/image.php';
require_once ABSPATH . 'wp-admin/includes/taxonomy.php';
wp_install('Bench', 'bench', 'bench@example.org', true, '', {password});
update_option('posts_per_page', 20);
update_option('permalink_structure', '/%postname%/');
$news = wp_create_category('News');
copy('{picture}', WP_CONTENT_DIR . '/uploads/picture.jpg');
$picture = wp_insert_attachment(
    ['post_mime_type' => 'image/jpeg', 'post_title' => 'A picture'], WP_CONTENT_DIR . '/uploads/picture.jpg'
);
wp_update_attachment_metadata(
    $picture, wp_generate_attachment_metadata($picture, WP_CONTENT_DIR . '/uploads/picture.jpg')
);
foreach (json_decode(file_get_contents('{posts}'), true) as $number => $text) {{
    $post = wp_insert_post([
        'post_title' => "Article $number", 'post_name' => "article-$number", 'post_content' => $text,
        'post_status' => 'publish', 'post_category' => [$news], 'post_author' => 1,
        'post_date' => gmdate('Y-m-d H:i:s', time() - 3600 * ($number + 1)),
    ]);
    if ($number % 2 == 0) set_post_thumbnail($post, $picture);
}}
flush_rewrite_rules();
"""
POOL = """
[global]
error_log = {folder}/php-fpm.log
daemonize = no
[www]
user = www-data
group = www-data
listen = {folder}/php-fpm.sock
listen.mode = 0666
pm = static
pm.max_children = 8
php_admin_value[opcache.enable] = 1
php_admin_value[zlib.output_compression] = Off
"""
PLACE = """
    server {{
        listen 127.0.0.1:{port};
        root {root};
        index index.php;
        {cache}
        location / {{ try_files $uri $uri/ /index.php?$args; }}
        location ~ \\.php$ {{
            include /etc/nginx/fastcgi_params;
            fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
            fastcgi_param THEME {theme};
            {php}
            fastcgi_pass unix:{folder}/php-fpm.sock;
        }}
    }}
"""
ALLOWED = "CREATE DATABASE wordpress; GRANT ALL ON wordpress.* TO bench@localhost IDENTIFIED BY {}"
CACHE = 'fastcgi_cache wp; fastcgi_cache_valid 200 60m; fastcgi_cache_key "$host$request_uri$http_accept_encoding";'
"""By the encoding, and PHP packs: what is stored is what is sent."""


def found():
    """The programs it takes, or None."""
    php = sorted(Path("/usr/sbin").glob("php-fpm*"))
    programs = [shutil.which("php"), shutil.which("mariadbd", path="/usr/sbin:/usr/bin"), php and str(php[-1])]
    return programs if PACKAGE.is_dir() and all(programs) else None


@contextmanager
def running(folder, articles, picture, paragraphs):
    """Gives (its root, the processes that answer for it)."""
    php, mariadbd, fpm = found()
    password, root = f"'{secrets.token_hex(16)}'", folder / "wordpress"
    shutil.copytree(PACKAGE, root, symlinks=False, ignore_dangling_symlinks=True)
    root.joinpath(".htaccess").unlink(missing_ok=True)
    root.joinpath("wp-content/uploads").mkdir(exist_ok=True)
    root.joinpath("wp-content/mu-plugins").mkdir(exist_ok=True)
    root.joinpath("wp-content/mu-plugins/theme.php").write_text(THEME)
    root.joinpath("wp-config.php").write_text(CONFIG.format(folder=folder, password=password))
    posts = folder / "posts.json"
    text = "\n\n".join(
        f"<!-- wp:paragraph -->\n<p>{TEXT.format(day=day)}</p>\n<!-- /wp:paragraph -->"
        for day in range(1, paragraphs + 1)
    )
    posts.write_text(json.dumps([text] * articles))
    with mariadb(folder, mariadbd, password) as database:
        jpeg = folder / "picture.jpg"
        Image.open(picture).convert("RGB").save(jpeg)
        install = folder / "install.php"
        install.write_text(INSTALL.format(root=root, password=password, posts=posts, picture=jpeg))
        subprocess.run([php, "-d", "sendmail_path=/bin/true", install], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["chown", "-R", "www-data", root], check=True)
        pool = folder / "php-fpm.conf"
        pool.write_text(POOL.format(folder=folder))
        server = subprocess.Popen([fpm, "--fpm-config", pool], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield root, [server.pid, database]
        finally:
            server.terminate()
            server.wait()


@contextmanager
def mariadb(folder, program, password):
    data = folder / "mariadb"
    subprocess.run(
        ["mariadb-install-db", f"--datadir={data}", "--user=mysql", "--auth-root-authentication-method=normal"],
        check=True,
        capture_output=True,
    )
    socket = folder / "mariadb.sock"
    folder.chmod(0o777)
    server = subprocess.Popen(
        [program, "--no-defaults", f"--datadir={data}", f"--socket={socket}", "--skip-networking", "--user=mysql"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            with suppress(subprocess.CalledProcessError):
                said = (
                    f"CREATE DATABASE wordpress; GRANT ALL ON wordpress.* TO bench@localhost IDENTIFIED BY {password}"
                )
                subprocess.run(["mariadb", f"--socket={socket}", "-e", said], check=True, capture_output=True)
                break
            time.sleep(0.2)
        yield server.pid
    finally:
        server.terminate()
        server.wait()


def place(folder, root, port, theme, is_cached):
    """Of nginx's configuration."""
    return PLACE.format(
        folder=folder,
        root=root,
        port=port,
        theme=THEMES[theme],
        cache="",
        php=f'{CACHE} fastcgi_param PHP_VALUE "zlib.output_compression=On";' if is_cached else "",
    )
