//! The one thing about PHP's classes that has no safe way: who makes their objects.
#![allow(unsafe_code)]

use ext_php_rs::class::RegisteredClass;
use ext_php_rs::zend::{ClassEntry, ExecutorGlobals, ce};

/// An exception class, whose objects PHP makes as it does those of `Exception`. The framework makes
/// the objects of its classes itself, and leaves out what `Exception`'s own handler puts in: file,
/// line and trace.
pub(super) fn class_of<T: RegisteredClass>() -> &'static ClassEntry {
    let name = T::CLASS_NAME.to_ascii_lowercase();
    let entry = ExecutorGlobals::get()
        .class_table()
        .and_then(|classes| classes.get(name.as_str()))
        // SAFETY: what this table holds under a class's name is that class.
        .and_then(|class| unsafe { class.ptr::<ClassEntry>() });
    if let Some(class) = entry {
        // SAFETY: a class that is no interface has this member of the union.
        let handler = unsafe { ce::exception().__bindgen_anon_2.create_object };
        // SAFETY: the table's pointer is to PHP's own memory, which lives as long as the module; PHP
        // only reads it once modules have started, and every write here is of the same pointer. The
        // class has no state on this side: a plain object is all it needs.
        unsafe { (*class).__bindgen_anon_2.create_object = handler };
    }
    T::get_metadata().ce()
}
