import Foundation
import GRPCCore
import LanyardClient
package import LanyardTexts

extension Sentence {
  /// What an operator is told of an error; of a disk's it stands after a colon.
  package static func of(_ error: any Error) -> Sentence {
    switch error {
    case let error as any SpokenError: error.sentence
    case let error as RPCError: CallFailure(error).sentence
    case let error as CocoaError: .told(error.localizedDescription)
    default: .told("\(error)")
    }
  }
}

/// A scan is too old for its device to take it back.
package struct UndoTooLate: SpokenError {
  package var sentence: Sentence { Sentence(.errorUndoTooLate) }
}
