package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

/// What a mask may name.
private enum Field: String, CaseIterable {
  case attention
  case note = "attention_note"
}

extension AttentionChange {
  /// The changes that the mask of a request names; both where it has none.
  package init(_ request: Lanyard_V1_UpdateBadgeRequest) throws(InvalidInput) {
    self.init()
    let new = request.badge
    for field in try request.updateMask.fields(of: Field.self, emptyMeansAll: true) {
      switch field {
      case .attention: attention = try Attention.stated(new.attention, field: "badge.attention") ?? Attention.none
      case .note:
        note = try PlainText.validated(
          new.attentionNote,
          limit: AttentionMark.noteLimit,
          field: "badge.attention_note"
        )
      }
    }
  }
}

extension Lanyard_V1_UpdateBadgeRequest {
  /// Asks for a change of what is noted about the badge with this name; the mask names what it changes.
  ///
  /// - Parameter etag: Which the badge must still have; nil where it may have any.
  package init(_ change: AttentionChange, of name: String, etag: String?) {
    self.init()
    badge.name = name
    badge.etag = etag ?? ""
    var fields: [Field] = []
    if let attention = change.attention { (badge.attention, fields) = (attention.wire, fields + [.attention]) }
    if let note = change.note { (badge.attentionNote, fields) = (note, fields + [.note]) }
    updateMask = .init(of: fields)
  }
}
