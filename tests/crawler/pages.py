"""Pages for little sites; of invented lenders only."""


def article(title: str = "快圆钱包催收电话一天三十次", text: str = "", head: str = "", more: str = "") -> str:
    """Return a page with one article on the subject; `text` makes it differ from others."""
    paragraphs = [
        f"借款人反映，快圆钱包的催收人员一天打来三十次电话，其中六次自称已到家门口。{text}",
        "晨星消费金融回应称，已要求合作机构停止上门催收，并向借款人道歉。借款人保存了录音，并向机构投诉。",
    ]
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<html><head><meta charset="utf-8"><title>{title}_某报</title>{head}</head><body>'
        f'<nav><a href="/">首页</a></nav>'
        f"<article><h1>{title}</h1>{body}</article>{more}<footer>某报 版权所有</footer></body></html>"
    )


def listing(*links: str, more: str = "") -> str:
    """Return a list page with these links."""
    items = "".join(f'<li><a href="{link}">催收记录{number}</a></li>' for number, link in enumerate(links))
    return f"<html><head><title>列表_某报</title></head><body><ul>{items}</ul>{more}</body></html>"


def sitemap(*paths: str) -> str:
    """Return a sitemap of these paths; `{base}` is put in by the site."""
    return "<urlset>" + "".join(f"<url><loc>{{base}}{path}</loc></url>" for path in paths) + "</urlset>"
