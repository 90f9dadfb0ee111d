//! The tree of a scheme with everything that is inherited filled in.

use rust_decimal::Decimal;

use super::types::{Aggregate, Missing, Normalise, Pillar, PillarMember, Pillars, SchemeDocument, Take, VerdictNumber, Weighting};
use crate::document::push_segment;

/// What a node has of its own or from above.
#[derive(Clone, Copy, Default)]
pub(crate) struct Settings<'a> {
    pub(crate) normalise: Option<&'a Normalise>,
    pub(crate) missing: Option<&'a Missing>,
    pub(crate) weights: Option<Weighting>,
    pub(crate) aggregate: Option<&'a Aggregate>,
    pub(crate) read: Option<VerdictNumber>,
    pub(crate) take: Option<Take>,
    pub(crate) method: Option<&'a str>,
}

impl<'a> Settings<'a> {
    fn of(document: &'a SchemeDocument) -> Self {
        Self {
            normalise: document.normalise.as_ref(),
            missing: document.missing.as_ref(),
            weights: document.weights,
            aggregate: document.aggregate.as_ref(),
            read: document.read,
            take: document.take,
            method: document.method.as_ref().map(|id| id.as_str()),
        }
    }

    fn below(self, pillar: &'a Pillar) -> Self {
        Self {
            normalise: pillar.normalise.as_ref().or(self.normalise),
            missing: pillar.missing.as_ref().or(self.missing),
            weights: pillar.weights.or(self.weights),
            aggregate: pillar.aggregate.as_ref().or(self.aggregate),
            read: pillar.read.or(self.read),
            take: pillar.take.or(self.take),
            method: pillar.method.as_ref().map(|id| id.as_str()).or(self.method),
        }
    }
}

/// A node of the tree; the total is the root.
pub(crate) struct Branch<'a> {
    pub(crate) id: String,
    /// JSON pointer into the scheme.
    pub(crate) path: String,
    /// Absent for the root, and for a member that is written as its id or its weight alone.
    pub(crate) pillar: Option<&'a Pillar>,
    pub(crate) weight: Option<Decimal>,
    pub(crate) set: Settings<'a>,
    pub(crate) children: Vec<Branch<'a>>,
}

impl Branch<'_> {
    pub(crate) fn is_leaf(&self) -> bool {
        self.pillar.is_none_or(|pillar| pillar.of.is_none()) && !self.path.is_empty()
    }

    pub(crate) fn each<'s>(&'s self, visit: &mut impl FnMut(&'s Self)) {
        visit(self);
        self.children.iter().for_each(|child| child.each(visit));
    }
}

/// The tree; `every` are the ids that stand for every indicator, where the scheme asks for them.
pub(crate) fn tree<'a>(document: &'a SchemeDocument, every: &[String]) -> Branch<'a> {
    let set = Settings::of(document);
    let mut path = String::new();
    let children = match (&document.pillars, &document.every) {
        (Some(pillars), _) => within(&mut path, "pillars", |path| members(pillars, set, path)),
        (None, Some(pillar)) => {
            let set = set.below(pillar);
            let one = |id: &String| Branch {
                id: id.clone(),
                path: "/every".to_owned(),
                pillar: Some(pillar),
                weight: pillar.weight.map(|weight| weight.get()),
                set,
                children: Vec::new(),
            };
            every.iter().map(one).collect()
        }
        (None, None) => Vec::new(),
    };
    Branch { id: String::new(), path: String::new(), pillar: None, weight: None, set, children }
}

fn within<T>(path: &mut String, segment: &str, run: impl FnOnce(&mut String) -> T) -> T {
    let length = path.len();
    push_segment(path, segment);
    let result = run(path);
    path.truncate(length);
    result
}

fn members<'a>(pillars: &'a Pillars, set: Settings<'a>, path: &mut String) -> Vec<Branch<'a>> {
    let leaf =
        |id: &str, path: &str, weight| Branch { id: id.to_owned(), path: path.to_owned(), pillar: None, weight, set, children: Vec::new() };
    match pillars {
        Pillars::List(ids) => {
            ids.iter().enumerate().map(|(index, id)| within(path, &index.to_string(), |path| leaf(id.as_str(), path, None))).collect()
        }
        Pillars::ById(map) => map
            .iter()
            .map(|(id, member)| {
                within(path, id, |path| match member {
                    PillarMember::Weight(weight) => leaf(id, path, Some(weight.get())),
                    PillarMember::Pillar(pillar) => {
                        let set = set.below(pillar);
                        let children = match &pillar.of {
                            Some(of) => within(path, "of", |path| members(of, set, path)),
                            None => Vec::new(),
                        };
                        let weight = pillar.weight.map(|weight| weight.get());
                        Branch { id: id.clone(), path: path.clone(), pillar: Some(pillar), weight, set, children }
                    }
                })
            })
            .collect(),
    }
}
