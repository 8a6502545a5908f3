import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts

extension Lanyard_V1_Badge {
  /// What operators see to; a kind that this version does not know stays as it is told.
  var shownAttention: Lanyard_V1_Attention {
    guard let marked = attention.value else { return attention }
    return AttentionMark(attention: marked, note: attentionNote).showing(listedNeeds).attention.wire
  }
}

extension Lanyard_V1_Attention {
  /// The kind as programs read it: NONE where there is none.
  var kindName: String { self == .unspecified ? Attention.none.rawValue : shortName }

  /// The kind, for people.
  var title: Sentence { value.flatMap(\.title) ?? Sentence(.attentionUnknown) }
}

extension Lanyard_V1_Badge {
  /// Tells what has become of it.
  func showState() throws { Console.line("\(try serial)  \(Phrasebook.ofSystem.text(state.title))") }
}
