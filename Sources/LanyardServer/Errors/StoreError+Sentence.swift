package import LanyardStore
package import LanyardTexts

extension StoreError {
  /// What a person reads of it at a command that works on the data itself: the sentence of a call, or what the engine says of
  /// its own fault, which whoever sits at the server's machine can use.
  package var sentence: Sentence {
    if case .failed(_, let about) = self, !about.isEmpty { return .told(about) }
    return callFault.sentence
  }
}
