/// Entity tags (AIP-154): how often a resource was changed, in quotation marks.
package enum EntityTag {
  package static func of(_ revision: Int64) -> String { "\"\(revision)\"" }

  /// The revision that a tag says.
  ///
  /// - Throws: `InvalidInput` where the text is no tag.
  package static func revision(_ tag: String, field: String) throws(InvalidInput) -> Int64 {
    guard let revision = Int64(tag.dropFirst().dropLast()), of(revision) == tag else {
      throw InvalidInput(field: field, .noEntityTag)
    }
    return revision
  }
}
