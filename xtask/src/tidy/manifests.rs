//! What a manifest must say.

use super::Report;
use super::repository::Repository;

/// A dependency is code that we answer for. The line above it says what it is for, or it is not needed. Above the heading of
/// a table does as well, for its first entry.
pub(super) fn dependencies_say_why(repository: &Repository, report: &mut Report) {
    for file in repository.files.iter().filter(|file| file.path.ends_with("Cargo.toml")) {
        let mut is_list = false;
        let mut is_explained = false;
        let mut n_open = 0_usize;
        for (number, line) in file.lines() {
            let line = line.trim();
            if n_open == 0 {
                let mut entry = is_list.then_some(line).filter(|line| is_entry(line));
                if let Some(table) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
                    is_list = is_dependency_list(table);
                    entry = table
                        .rsplit_once('.')
                        .filter(|(list, _)| is_dependency_list(list))
                        .map(|(_, name)| name);
                }
                if let Some(name) = entry.and_then(|entry| entry.split([' ', '=', '.']).next())
                    && !is_explained
                {
                    report.add(&file.path, number, format!("say in a comment above it what `{name}` is for"));
                }
            }
            n_open += line.matches(['[', '{']).count();
            n_open -= n_open.min(line.matches([']', '}']).count());
            is_explained = line.starts_with('#') || (is_explained && line.starts_with('['));
        }
    }
}

/// The workspace's own list only fixes versions; who uses one of them says why.
fn is_dependency_list(table: &str) -> bool {
    let ends = ["dependencies", "dev-dependencies", "build-dependencies"];
    ends.iter()
        .any(|end| table == *end || (table.starts_with("target.") && table.ends_with(&format!(".{end}"))))
}

fn is_entry(line: &str) -> bool {
    line.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '"') && line.contains('=')
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    fn named(manifest: &str) -> Vec<String> {
        found(dependencies_say_why, &[("a/Cargo.toml", manifest)])
    }

    #[test]
    fn a_dependency_without_a_reason_is_found() {
        assert_eq!(
            named("[dependencies]\na = \"1\"\n"),
            ["a/Cargo.toml:2: say in a comment above it what `a` is for"]
        );
        assert_eq!(
            named("[dependencies]\n# One reason is not two.\na = \"1\"\nb.workspace = true\n").len(),
            1
        );
        assert_eq!(named("[target.'cfg(loom)'.dev-dependencies]\nloom = \"0.7\"\n").len(), 1);
        assert_eq!(named("[dependencies.a]\nversion = \"1\"\n").len(), 1);
    }

    #[test]
    fn other_lines_need_none() {
        assert!(named("[package]\nname = \"a\"\n[workspace.dependencies]\nb = \"1\"\n").is_empty());
        let long = "[dependencies]\n# Parses.\na = { version = \"1\", features = [\n    \"x\",\n    \"y = z\",\n] }\n";
        assert!(named(long).is_empty(), "{:?}", named(long));
        assert!(named("# Models.\n[target.'cfg(loom)'.dependencies]\nloom = \"0.7\"\n").is_empty());
    }
}
