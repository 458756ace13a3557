//! Sizes of the images that pages show, by the first bytes of their files.

use std::{
    collections::HashMap,
    fmt::Debug,
    path::Path,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use imagesize::ImageType;

use crate::{discover::SiteFiles, vfs::FileStart};

/// How much of an image is read, in bytes. Dimensions come first, except after large metadata of a camera.
const MAX_HEADER: u64 = 256 * 1024;

/// What the header of an image says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImageSize {
    /// The length of the file in bytes.
    pub bytes: u64,
    /// Width and height in pixels, as stored; `None` for vector images and unknown formats.
    pub pixels: Option<(u64, u64)>,
}

impl ImageSize {
    fn of(start: &FileStart) -> Self {
        let is_known = matches!(
            imagesize::image_type(&start.bytes),
            Ok(ImageType::Png | ImageType::Jpeg | ImageType::Gif | ImageType::Webp | ImageType::Heif(_))
        );
        let size = is_known.then(|| imagesize::blob_size(&start.bytes).ok()).flatten();
        Self { bytes: start.len, pixels: size.map(|size| (size.width as u64, size.height as u64)) }
    }
}

/// A size that is read when it is first asked for.
type KnownSize = Arc<OnceLock<Option<ImageSize>>>;

/// The images of a site, each of which is read once.
#[derive(Debug, Default)]
pub struct Images {
    files: Option<Arc<SiteFiles>>,
    known: Mutex<HashMap<Box<Path>, KnownSize>>,
}

impl Images {
    /// Images among some files. Nothing is read yet.
    pub fn new(files: Arc<SiteFiles>) -> Self {
        Self { files: Some(files), known: Mutex::default() }
    }

    /// The size of an image, by path relative to the root; `None` if it cannot be read.
    pub fn size(&self, path: &Path) -> Option<ImageSize> {
        let read = || Some(ImageSize::of(&self.files.as_ref()?.start(path, MAX_HEADER)?));
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let size = Arc::clone(known.entry(path.into()).or_default());
        // Other images can be read at the same time.
        drop(known);
        *size.get_or_init(read)
    }

    /// Reads an image again when it is next asked for.
    pub fn forget(&self, path: &Path) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(path);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::ImageSize;
    use crate::vfs::FileStart;

    /// Headers of 640 × 480 images.
    const HEADERS: [&[u8]; 4] = [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x02\0\0\0",
        b"GIF89a\x80\x02\xe0\x01\xf7\0\0",
        b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x11\x08\x01\xe0\x02\x80\x03",
        b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0",
    ];

    fn pixels(bytes: &[u8]) -> Option<(u64, u64)> {
        ImageSize::of(&FileStart { bytes: bytes.to_vec(), len: 9 }).pixels
    }

    #[test]
    fn headers_give_width_and_height() {
        for header in HEADERS {
            assert_eq!(pixels(header), Some((640, 480)), "{header:?}");
        }
        assert_eq!(pixels(b"<svg width='640' height='480'/>"), None);
    }

    proptest! {
        #[test]
        fn damaged_headers_do_no_harm(
            which in 0..HEADERS.len(),
            len in 0..64_usize,
            at in 0..32_usize,
            bytes in prop::collection::vec(any::<u8>(), 0..16),
        ) {
            let mut header = HEADERS[which].to_vec();
            header.truncate(len);
            let at = at.min(header.len());
            header.splice(at..at, bytes);
            pixels(&header);
        }

        #[test]
        fn damaged_boxes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let tags = [&b"\0\0\0\x0cftypavif"[..], b"\0\0\0\x40meta\0\0\0\0", b"\0\0\0\x30iprp\0\0\0\x28ipco", b"\0\0\0\x14ispe"];
            for count in 1..=tags.len() {
                pixels(&[&tags[..count].concat(), &*bytes].concat());
            }
        }
    }
}
