"""Pictures with nothing but their pixels: decoded, turned upright, written anew in sRGB. Runs in the child."""

import io

import pillow_heif
from PIL import (
    Image,
    ImageCms,
    ImageOps,
    JpegImagePlugin,  # noqa: F401 (no file can be opened for an import once the doors are closed)
    MpoImagePlugin,  # noqa: F401
    PngImagePlugin,  # noqa: F401
    WebPImagePlugin,  # noqa: F401
)

from domain.evidence.kinds import LARGEST_FILE, MOST_PIXELS
from domain.evidence.refusals import Refused

pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
Image.preinit()
# We count the pixels ourselves, before anything is decoded, and refuse by our own rule.
Image.MAX_IMAGE_PIXELS = None

READERS = {"jpeg": ("JPEG", "MPO"), "png": ("PNG",), "heic": ("HEIF",), "webp": ("WEBP",)}
# 90 keeps the small print of a photographed letter readable; the others are for what would come out above the limit.
# A screenshot in PNG stays as sharp as it was.
QUALITIES = (90, 75, 50)
SRGB = ImageCms.createProfile("sRGB")


def strip_image(content: bytes, kind: str) -> bytes:
    """Return the first picture of a file, written anew: no EXIF, XMP, profile, thumbnail, comment, trailing data.

    Raises Refused: too_many_pixels before decoding, broken when it can't be decoded to its end.
    """
    try:
        with Image.open(io.BytesIO(content), formats=READERS[kind]) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise Refused("too_many_pixels")
            picture.load()
            upright = in_srgb(ImageOps.exif_transpose(picture))
    except (Refused, MemoryError):
        raise
    except Exception as error:  # decoders raise whatever they like at what they can't read
        raise Refused("broken") from error
    # Nothing that the decoder learnt beside the pixels may reach the writer.
    upright.info = {}
    return _written(upright, kind)


def in_srgb(picture: Image.Image) -> Image.Image:
    """Return the picture in plain RGB, or RGBA where parts are see-through; a colour profile is applied, not kept."""
    profile = picture.info.get("icc_profile")
    has_alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    if profile and picture.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mode = "RGBA" if picture.mode == "RGBA" else "RGB"
            picture = ImageCms.profileToProfile(picture, source, SRGB, outputMode=mode) or picture
        except (ImageCms.PyCMSError, OSError, ValueError):
            # A profile that can't be read costs the exact shade, never the evidence.
            pass
    if picture.mode.startswith("I") or picture.mode == "F":
        # 16 bits for each dot, as scanners write it; clipping instead of scaling would make it white.
        picture = picture.point(lambda value: value / 256).convert("L") if picture.mode != "F" else picture.convert("L")
    mode = "RGBA" if has_alpha else ("L" if picture.mode in ("L", "1") else "RGB")
    return picture if picture.mode == mode else picture.convert(mode)


def _written(picture: Image.Image, kind: str) -> bytes:
    # WebP is written as one of the other two: its own writer takes twenty seconds for a large photograph.
    if kind == "png" or picture.mode == "RGBA":
        copy = _saved(picture, "PNG", compress_level=4)
        if len(copy) <= LARGEST_FILE:
            return copy
    flat = _on_white(picture)
    for quality in QUALITIES:
        copy = _saved(flat, "JPEG", quality=quality)
        if len(copy) <= LARGEST_FILE:
            return copy
    raise Refused("too_demanding")


def _saved(picture: Image.Image, writer: str, **how: int) -> bytes:
    written = io.BytesIO()
    picture.save(written, writer, **how)
    return written.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground
