import LanyardDomain
import LanyardTexts

extension Sentence {
  /// What a reader of English is told.
  var english: String { Phrasebook.of(.english).text(self) }
}
