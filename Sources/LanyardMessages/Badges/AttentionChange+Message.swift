package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension AttentionChange {
  private enum Field: String, CaseIterable {
    case attention
    case note = "attention_note"
  }

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
