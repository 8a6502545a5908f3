import LanyardTexts
import Mustache

/// Makes text of what stands in a page, whoever wrote it. The library's own escaping goes by characters, and a quotation mark
/// with a combining mark is another character than the quotation mark that ends an attribute; this goes by scalars.
struct PageEscape: MustacheContentType {
  /// What templates name it by in their first line.
  static let name = "PAGE"

  func escapeText(_ text: String) -> String { HTMLText.escaped(text) }
}
