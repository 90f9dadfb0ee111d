//! Results as Python objects.
//!
//! Whatever the core serialises under the name of a registered class becomes an object of that class:
//! an instance without a call of `__init__`, whose fields are put into its `__dict__`. So a result has
//! the same fields in every language, and a new field of the core needs no code here.

use std::collections::HashMap;
use std::fmt;

use pyo3::exceptions::PyRuntimeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple, PyType};
use serde::ser::{self, Impossible, Serialize};

static KNOWN: PyOnceLock<Known> = PyOnceLock::new();

/// The classes of the package, as it registered them.
struct Known {
    classes: HashMap<String, Class>,
    /// `object.__new__`, which makes an instance without its `__init__`.
    make: Py<PyAny>,
    decimal: Py<PyAny>,
    message: Py<PyAny>,
}

struct Class {
    class: Py<PyType>,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    key: Py<PyString>,
    kind: Kind,
    default: Py<PyAny>,
}

/// What the text of a field stands for.
enum Kind {
    Plain,
    Decimal,
    /// The members of an enum of words, by word.
    Word(Py<PyDict>),
}

/// Takes down the classes of the package: name of the core to class, and of each field to its
/// attribute, to `None`, `"decimal"` or the members of its enum by word, and to its default.
#[pyfunction]
pub(crate) fn register(py: Python<'_>, classes: &Bound<'_, PyDict>, message: Py<PyAny>) -> PyResult<()> {
    let mut known = HashMap::with_capacity(classes.len());
    for (name, entry) in classes.iter() {
        let (class, fields): (Bound<'_, PyType>, Bound<'_, PyDict>) = entry.extract()?;
        let mut list = Vec::with_capacity(fields.len());
        for (name, entry) in fields.iter() {
            let (attribute, kind, default): (String, Bound<'_, PyAny>, Py<PyAny>) = entry.extract()?;
            let kind = match kind.cast::<PyDict>() {
                Ok(words) => Kind::Word(words.clone().unbind()),
                Err(_) if kind.is_none() => Kind::Plain,
                Err(_) => Kind::Decimal,
            };
            list.push(Field { name: name.extract()?, key: PyString::intern(py, &attribute).unbind(), kind, default });
        }
        known.insert(name.extract()?, Class { class: class.unbind(), fields: list });
    }
    let make = py.import("builtins")?.getattr("object")?.getattr("__new__")?.unbind();
    let decimal = py.import("decimal")?.getattr("Decimal")?.unbind();
    // A second import of the package finds the classes of the first.
    let _ = KNOWN.set(py, Known { classes: known, make, decimal, message });
    Ok(())
}

fn known(py: Python<'_>) -> PyResult<&Known> {
    KNOWN.get(py).ok_or_else(|| PyRuntimeError::new_err("import `attainment`, not its extension module"))
}

/// A result as an object: structs as their classes, sequences as tuples.
pub(crate) fn object<'py, T: Serialize + ?Sized>(py: Python<'py>, value: &T) -> PyResult<Bound<'py, PyAny>> {
    let writer = Writer { py, known: known(py)?, kind: &Kind::Plain, frozen: true };
    value.serialize(writer).map_err(|problem| problem.0)
}

/// A document or record as plain dicts and lists.
pub(crate) fn plain<'py, T: Serialize + ?Sized>(py: Python<'py>, value: &T) -> PyResult<Bound<'py, PyAny>> {
    let writer = Writer { py, known: known(py)?, kind: &Kind::Plain, frozen: false };
    value.serialize(writer).map_err(|problem| problem.0)
}

/// A decimal as `decimal.Decimal`.
pub(crate) fn decimal<'py>(py: Python<'py>, value: attainment::Decimal) -> PyResult<Bound<'py, PyAny>> {
    known(py)?.decimal.bind(py).call1((value.to_string(),))
}

#[derive(Clone, Copy)]
struct Writer<'py, 'a> {
    py: Python<'py>,
    known: &'a Known,
    kind: &'a Kind,
    /// Objects and tuples; otherwise dicts and lists.
    frozen: bool,
}

struct Problem(PyErr);

impl From<PyErr> for Problem {
    fn from(error: PyErr) -> Self {
        Self(error)
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl std::error::Error for Problem {}

impl ser::Error for Problem {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(PyRuntimeError::new_err(message.to_string()))
    }
}

type Object<'py> = Bound<'py, PyAny>;

impl<'py> Writer<'py, '_> {
    fn text(self, text: &str) -> PyResult<Object<'py>> {
        match self.kind {
            Kind::Plain => Ok(PyString::new(self.py, text).into_any()),
            Kind::Decimal => self.known.decimal.bind(self.py).call1((text,)),
            Kind::Word(words) => match words.bind(self.py).get_item(text)? {
                Some(word) => Ok(word),
                // The core may know a word that this version of the package does not.
                None => Ok(PyString::new(self.py, text).into_any()),
            },
        }
    }

    fn list(self, items: Vec<Object<'py>>) -> PyResult<Object<'py>> {
        Ok(if self.frozen { PyTuple::new(self.py, items)?.into_any() } else { PyList::new(self.py, items)?.into_any() })
    }
}

impl<'py, 'a> ser::Serializer for Writer<'py, 'a> {
    type Ok = Object<'py>;
    type Error = Problem;
    type SerializeSeq = Items<'py, 'a>;
    type SerializeTuple = Items<'py, 'a>;
    type SerializeTupleStruct = Items<'py, 'a>;
    type SerializeTupleVariant = Impossible<Object<'py>, Problem>;
    type SerializeMap = Entries<'py, 'a>;
    type SerializeStruct = Fields<'py, 'a>;
    type SerializeStructVariant = Impossible<Object<'py>, Problem>;

    fn serialize_bool(self, value: bool) -> Result<Self::Ok, Problem> {
        Ok(PyBool::new(self.py, value).to_owned().into_any())
    }
    fn serialize_i8(self, value: i8) -> Result<Self::Ok, Problem> {
        self.serialize_i64(value.into())
    }
    fn serialize_i16(self, value: i16) -> Result<Self::Ok, Problem> {
        self.serialize_i64(value.into())
    }
    fn serialize_i32(self, value: i32) -> Result<Self::Ok, Problem> {
        self.serialize_i64(value.into())
    }
    fn serialize_i64(self, value: i64) -> Result<Self::Ok, Problem> {
        Ok(PyInt::new(self.py, value).into_any())
    }
    fn serialize_u8(self, value: u8) -> Result<Self::Ok, Problem> {
        self.serialize_u64(value.into())
    }
    fn serialize_u16(self, value: u16) -> Result<Self::Ok, Problem> {
        self.serialize_u64(value.into())
    }
    fn serialize_u32(self, value: u32) -> Result<Self::Ok, Problem> {
        self.serialize_u64(value.into())
    }
    fn serialize_u64(self, value: u64) -> Result<Self::Ok, Problem> {
        Ok(PyInt::new(self.py, value).into_any())
    }
    fn serialize_f32(self, value: f32) -> Result<Self::Ok, Problem> {
        self.serialize_f64(value.into())
    }
    fn serialize_f64(self, value: f64) -> Result<Self::Ok, Problem> {
        Ok(PyFloat::new(self.py, value).into_any())
    }
    fn serialize_char(self, value: char) -> Result<Self::Ok, Problem> {
        Ok(self.text(value.encode_utf8(&mut [0; 4]))?)
    }
    fn serialize_str(self, value: &str) -> Result<Self::Ok, Problem> {
        Ok(self.text(value)?)
    }
    fn serialize_bytes(self, value: &[u8]) -> Result<Self::Ok, Problem> {
        Ok(self.list(value.iter().map(|byte| PyInt::new(self.py, *byte).into_any()).collect())?)
    }
    fn serialize_none(self) -> Result<Self::Ok, Problem> {
        Ok(self.py.None().into_bound(self.py))
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Self::Ok, Problem> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<Self::Ok, Problem> {
        self.serialize_none()
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<Self::Ok, Problem> {
        self.serialize_none()
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Self::Ok, Problem> {
        Ok(self.text(variant)?)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Self::Ok, Problem> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<Self::Ok, Problem> {
        value.serialize(self)
    }
    fn serialize_seq(self, length: Option<usize>) -> Result<Items<'py, 'a>, Problem> {
        Ok(Items { writer: self, items: Vec::with_capacity(length.unwrap_or(0)) })
    }
    fn serialize_tuple(self, length: usize) -> Result<Items<'py, 'a>, Problem> {
        self.serialize_seq(Some(length))
    }
    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Items<'py, 'a>, Problem> {
        self.serialize_seq(Some(length))
    }
    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Problem> {
        Err(ser::Error::custom(name))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Entries<'py, 'a>, Problem> {
        Ok(Entries { writer: self, dict: PyDict::new(self.py), key: None })
    }
    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Fields<'py, 'a>, Problem> {
        if self.frozen && name == "Message" {
            return Ok(Fields::Message(self, [const { String::new() }; 2]));
        }
        let class = self.known.classes.get(name).filter(|_| self.frozen);
        let Some(class) = class else { return Ok(Fields::Dict(self, PyDict::new(self.py))) };
        let object = self.known.make.bind(self.py).call1((class.class.bind(self.py),))?;
        let dict = object.getattr(intern!(self.py, "__dict__"))?.cast_into::<PyDict>().map_err(PyErr::from)?;
        Ok(Fields::Object { writer: self, class, object, dict, next: 0 })
    }
    fn serialize_struct_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Problem> {
        Err(ser::Error::custom(name))
    }
}

struct Items<'py, 'a> {
    writer: Writer<'py, 'a>,
    items: Vec<Object<'py>>,
}

impl<'py> Items<'py, '_> {
    fn add<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Problem> {
        self.items.push(value.serialize(self.writer)?);
        Ok(())
    }
}

impl<'py> ser::SerializeSeq for Items<'py, '_> {
    type Ok = Object<'py>;
    type Error = Problem;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Problem> {
        self.add(value)
    }
    fn end(self) -> Result<Self::Ok, Problem> {
        Ok(self.writer.list(self.items)?)
    }
}

impl<'py> ser::SerializeTuple for Items<'py, '_> {
    type Ok = Object<'py>;
    type Error = Problem;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Problem> {
        self.add(value)
    }
    fn end(self) -> Result<Self::Ok, Problem> {
        Ok(self.writer.list(self.items)?)
    }
}

impl<'py> ser::SerializeTupleStruct for Items<'py, '_> {
    type Ok = Object<'py>;
    type Error = Problem;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Problem> {
        self.add(value)
    }
    fn end(self) -> Result<Self::Ok, Problem> {
        Ok(self.writer.list(self.items)?)
    }
}

struct Entries<'py, 'a> {
    writer: Writer<'py, 'a>,
    dict: Bound<'py, PyDict>,
    key: Option<Object<'py>>,
}

impl<'py> ser::SerializeMap for Entries<'py, '_> {
    type Ok = Object<'py>;
    type Error = Problem;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Problem> {
        self.key = Some(key.serialize(Writer { kind: &Kind::Plain, ..self.writer })?);
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Problem> {
        let key = self.key.take().ok_or_else(|| <Problem as ser::Error>::custom("a value without a key"))?;
        Ok(self.dict.set_item(key, value.serialize(self.writer)?)?)
    }
    fn end(self) -> Result<Self::Ok, Problem> {
        Ok(self.dict.into_any())
    }
}

enum Fields<'py, 'a> {
    Object { writer: Writer<'py, 'a>, class: &'a Class, object: Object<'py>, dict: Bound<'py, PyDict>, next: usize },
    Message(Writer<'py, 'a>, [String; 2]),
    Dict(Writer<'py, 'a>, Bound<'py, PyDict>),
}

impl<'py> ser::SerializeStruct for Fields<'py, '_> {
    type Ok = Object<'py>;
    type Error = Problem;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Problem> {
        match self {
            Self::Object { writer, class, dict, next, .. } => {
                // Fields come in the order of the class, and some are left out.
                let rest = class.fields.get(*next..).unwrap_or_default();
                let field = match rest.iter().position(|field| field.name == key) {
                    Some(skipped) => {
                        for field in &rest[..skipped] {
                            dict.set_item(&field.key, &field.default)?;
                        }
                        *next += skipped + 1;
                        &rest[skipped]
                    }
                    // The core may have a field that this version of the package does not.
                    None => return Ok(dict.set_item(key, value.serialize(*writer)?)?),
                };
                let value = value.serialize(Writer { kind: &field.kind, ..*writer })?;
                Ok(dict.set_item(&field.key, value)?)
            }
            Self::Message(writer, texts) => {
                let text: String = value.serialize(*writer)?.extract()?;
                texts[usize::from(key == "zh")] = text;
                Ok(())
            }
            Self::Dict(writer, dict) => Ok(dict.set_item(key, value.serialize(*writer)?)?),
        }
    }

    fn end(self) -> Result<Self::Ok, Problem> {
        match self {
            Self::Object { class, object, dict, next, .. } => {
                for field in class.fields.get(next..).unwrap_or_default() {
                    dict.set_item(&field.key, &field.default)?;
                }
                Ok(object)
            }
            Self::Message(writer, [en, zh]) => Ok(writer.known.message.bind(writer.py).call1((en, zh))?),
            Self::Dict(_, dict) => Ok(dict.into_any()),
        }
    }
}
