//! Arrays of cells that are zero at first; large ones in large pages.

use std::{
    alloc::{Layout, alloc_zeroed, dealloc, handle_alloc_error},
    ops::Deref,
    ptr::NonNull,
    slice,
};

use memmap2::MmapMut;

use super::{AtomicU64, Cell};

/// How large a large page is; so much an array has that is worth one.
const LARGE: usize = 2 << 20;

/// An array of cells.
pub(crate) struct Room<T> {
    cells: NonNull<T>,
    n: usize,
    /// What holds the cells, unless it is the allocator.
    pages: Option<MmapMut>,
}

// SAFETY: a room owns its cells, as a boxed slice does.
#[expect(unsafe_code, reason = "the memory of large pages is raw")]
unsafe impl<T: Send> Send for Room<T> {}

// SAFETY: a shared room is a shared slice.
#[expect(unsafe_code, reason = "the memory of large pages is raw")]
unsafe impl<T: Sync> Sync for Room<T> {}

impl Room<AtomicU64> {
    /// Words that are zero.
    #[expect(unsafe_code, reason = "the memory of large pages is raw")]
    pub(crate) fn words(n: usize) -> Self {
        // SAFETY: a word that is zero is one.
        unsafe { Self::zeroed(n) }
    }
}

impl<E> Room<Cell<E>> {
    /// Cells without entries.
    #[expect(unsafe_code, reason = "the memory of large pages is raw")]
    pub(super) fn cells(n: usize) -> Self {
        // SAFETY: what may be uninitialised is valid whatever its bytes.
        unsafe { Self::zeroed(n) }
    }
}

impl<T> Room<T> {
    /// # Safety
    ///
    /// A `T` whose bytes are all zero is valid, and dropping it does nothing.
    #[expect(unsafe_code, reason = "the memory of large pages is raw")]
    unsafe fn zeroed(n: usize) -> Self {
        let layout = Self::layout(n);
        if layout.size() == 0 {
            return Self { cells: NonNull::dangling(), n, pages: None };
        }
        if let Some((cells, pages)) = pages(layout) {
            return Self { cells: cells.cast(), n, pages: Some(pages) };
        }
        // SAFETY: the layout has a size.
        let cells = unsafe { alloc_zeroed(layout) };
        let Some(cells) = NonNull::new(cells.cast()) else { handle_alloc_error(layout) };
        Self { cells, n, pages: None }
    }

    fn layout(n: usize) -> Layout {
        Layout::array::<T>(n).expect("fits the address space")
    }
}

/// Zeroed memory in large pages, if the system has them and so much is asked for.
#[expect(unsafe_code, reason = "the memory of large pages is raw")]
fn pages(layout: Layout) -> Option<(NonNull<u8>, MmapMut)> {
    if layout.size() < LARGE || layout.align() > LARGE {
        return None;
    }
    // So much longer that there is a border of large pages in it.
    let mut pages = MmapMut::map_anon(layout.size().checked_add(LARGE)?).ok()?;
    let offset = pages.as_ptr().align_offset(LARGE);
    // It is advice: a system that does not take it gives small pages.
    #[cfg(target_os = "linux")]
    let _ = pages.advise_range(memmap2::Advice::HugePage, offset, layout.size());
    // SAFETY: the offset is less than a large page, by which the map is longer than what is asked for.
    let cells = unsafe { pages.as_mut_ptr().add(offset) };
    Some((NonNull::new(cells)?, pages))
}

impl<T> Deref for Room<T> {
    type Target = [T];

    #[inline]
    #[expect(unsafe_code, reason = "the memory of large pages is raw")]
    fn deref(&self) -> &[T] {
        // SAFETY: so many cells are there, valid from the start, and only their own interior is ever changed.
        unsafe { slice::from_raw_parts(self.cells.as_ptr(), self.n) }
    }
}

impl<T> Drop for Room<T> {
    #[expect(unsafe_code, reason = "the memory of large pages is raw")]
    fn drop(&mut self) {
        let layout = Self::layout(self.n);
        if self.pages.is_none() && layout.size() > 0 {
            // SAFETY: it comes from the allocator, by this layout. The cells need no drop.
            unsafe { dealloc(self.cells.as_ptr().cast(), layout) };
        }
    }
}
