//! Words as data: a trie over the words of the data files, each with the classes it belongs to.
//!
//! A data file is plain text. `[name]` opens a class, the words of it follow, separated by white
//! space; `#` starts a comment. A word may stand in several classes.

/// A set of classes, one bit each.
pub(crate) type Classes = u128;

/// The words of one language, to be looked up from the left and from the right.
#[derive(Debug)]
pub(crate) struct Lexicon {
    forward: Trie,
    backward: Trie,
}

impl Lexicon {
    /// Compiles data files; `names` gives the bit of each class. A class without a name there is
    /// left out, which a test of every grammar refuses.
    pub(crate) fn compile(files: &[&str], names: &[(&str, Classes)]) -> Self {
        let mut words = std::collections::BTreeMap::<Vec<char>, Classes>::new();
        for (class, word) in files.iter().flat_map(|file| entries(file)) {
            let bits = names.iter().find(|(name, _)| *name == class).map_or(0, |(_, bits)| *bits);
            *words.entry(word.chars().collect()).or_default() |= bits;
        }
        let backward = words.iter().map(|(word, bits)| (word.iter().rev().copied().collect(), *bits)).collect();
        Self { forward: Trie::build(words), backward: Trie::build(backward) }
    }

    /// The longest word of these classes that starts at a place: its length and all its classes.
    pub(crate) fn at(&self, chars: &[char], start: usize, classes: Classes) -> Option<(usize, Classes)> {
        self.forward.longest(chars.get(start..)?.iter(), classes)
    }

    /// The longest word of these classes that ends before a place.
    pub(crate) fn before(&self, chars: &[char], end: usize, classes: Classes) -> Option<(usize, Classes)> {
        self.backward.longest(chars.get(..end)?.iter().rev(), classes)
    }

    /// Whether the whole is a word of these classes.
    pub(crate) fn is(&self, chars: &[char], classes: Classes) -> bool {
        self.at(chars, 0, classes).is_some_and(|(length, _)| length == chars.len())
    }

    /// Which of these classes have a word that stands anywhere, in one pass.
    pub(crate) fn all(&self, chars: &[char], classes: Classes) -> Classes {
        (0..chars.len()).fold(0, |found, start| found | chars.get(start..).map_or(0, |rest| self.forward.all(rest, classes))) & classes
    }

    /// Whether a word of these classes stands anywhere; looks at no place more than the longest word.
    pub(crate) fn find(&self, chars: &[char], classes: Classes) -> Option<(usize, usize)> {
        (0..chars.len()).find_map(|start| self.at(chars, start, classes).map(|(length, _)| (start, start + length)))
    }
}

/// The entries of a data file, each with its class.
pub(crate) fn entries(file: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut class = "";
    file.lines().flat_map(move |line| {
        let line = line.split('#').next().unwrap_or("").trim();
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            class = name;
            return Vec::new();
        }
        line.split_whitespace().map(|word| (class, word)).collect()
    })
}

#[derive(Debug, Default, Clone, Copy)]
struct Node {
    first: u32,
    count: u32,
    classes: Classes,
    /// The classes of this node and all below it: where none is asked for, no step is taken.
    below: Classes,
}

/// A trie in two flat tables. The first step goes through a table over the basic plane.
#[derive(Debug)]
struct Trie {
    nodes: Vec<Node>,
    edges: Vec<(char, u32)>,
    roots: Vec<u16>,
}

impl Trie {
    fn build(words: std::collections::BTreeMap<Vec<char>, Classes>) -> Self {
        let words: Vec<_> = words.into_iter().filter(|(word, _)| !word.is_empty()).collect();
        let mut trie = Self { nodes: vec![Node::default()], edges: Vec::new(), roots: vec![0; 0x1_0000] };
        // Breadth first, so that the edges of a node lie together.
        let mut queue = std::collections::VecDeque::from([(0_usize, 0_usize, 0..words.len())]);
        while let Some((node, depth, range)) = queue.pop_front() {
            let first = trie.edges.len();
            let mut at = range.start;
            while at < range.end {
                let Some((word, classes)) = words.get(at) else { break };
                let Some(&letter) = word.get(depth) else {
                    if let Some(node) = trie.nodes.get_mut(node) {
                        node.classes = *classes;
                    }
                    at += 1;
                    continue;
                };
                let end = words
                    .get(at..range.end)
                    .map_or(at, |rest| at + rest.iter().take_while(|(word, _)| word.get(depth) == Some(&letter)).count());
                let child = trie.nodes.len();
                trie.nodes.push(Node::default());
                trie.edges.push((letter, child as u32));
                queue.push_back((child, depth + 1, at..end));
                at = end;
            }
            let count = (trie.edges.len() - first) as u32;
            if let Some(node) = trie.nodes.get_mut(node) {
                (node.first, node.count) = (first as u32, count);
            }
        }
        // Children come behind their parents, so one pass from the end sums the classes below.
        for at in (0..trie.nodes.len()).rev() {
            let Some(node) = trie.nodes.get(at).copied() else { continue };
            let edges = trie.edges.get(node.first as usize..(node.first + node.count) as usize).unwrap_or_default();
            let below =
                edges.iter().filter_map(|(_, child)| trie.nodes.get(*child as usize)).fold(node.classes, |all, child| all | child.below);
            if let Some(node) = trie.nodes.get_mut(at) {
                node.below = below;
            }
        }
        let root = trie.nodes.first().copied().unwrap_or_default();
        for &(letter, child) in trie.edges.get(..root.count as usize).unwrap_or_default() {
            if let (Some(slot), Ok(child)) = (trie.roots.get_mut(letter as usize), u16::try_from(child)) {
                *slot = child;
            }
        }
        trie
    }

    /// The classes of all words at the start.
    fn all(&self, letters: &[char], classes: Classes) -> Classes {
        let Some(first) = letters.first() else { return 0 };
        let mut node = self.roots.get(*first as usize).map_or(0, |node| *node as usize);
        let mut found = 0;
        if node == 0 {
            return found;
        }
        for letter in letters.iter().skip(1) {
            let Some(here) = self.nodes.get(node) else { return found };
            found |= here.classes;
            if here.below & classes == 0 {
                return found;
            }
            let edges = self.edges.get(here.first as usize..(here.first + here.count) as usize).unwrap_or_default();
            match edges.binary_search_by_key(letter, |(letter, _)| *letter).ok().and_then(|at| edges.get(at)) {
                Some((_, child)) => node = *child as usize,
                None => return found,
            }
        }
        found | self.nodes.get(node).map_or(0, |node| node.classes)
    }

    fn longest<'a>(&self, mut letters: impl Iterator<Item = &'a char>, classes: Classes) -> Option<(usize, Classes)> {
        let first = *letters.next()?;
        let mut node = *self.roots.get(first as usize)? as usize;
        if node == 0 {
            return None;
        }
        let (mut length, mut best) = (1, None);
        loop {
            let here = self.nodes.get(node)?;
            if here.below & classes == 0 {
                return best;
            }
            if here.classes & classes != 0 {
                best = Some((length, here.classes));
            }
            let edges = self.edges.get(here.first as usize..(here.first + here.count) as usize)?;
            let Some(letter) = letters.next() else { return best };
            let Ok(found) = edges.binary_search_by_key(letter, |(letter, _)| *letter) else { return best };
            node = edges.get(found)?.1 as usize;
            length += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_of_a_class_is_found_from_both_sides() {
        let lexicon = Lexicon::compile(&["[a]\n达 达到 # reach\n[b]\n达到了"], &[("a", 1), ("b", 2)]);
        let chars: Vec<char> = "将达到了".chars().collect();
        assert_eq!(lexicon.at(&chars, 1, 1), Some((2, 1)));
        assert_eq!(lexicon.at(&chars, 1, 3), Some((3, 2)));
        assert_eq!(lexicon.before(&chars, 3, 1), Some((2, 1)));
        assert_eq!(lexicon.before(&chars, 4, 1), None);
        assert_eq!(lexicon.at(&chars, 9, 1), None);
    }
}
