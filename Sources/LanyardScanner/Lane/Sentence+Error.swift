import Foundation
import GRPCCore
import LanyardClient
import LanyardDomain
package import LanyardTexts

extension Sentence {
  /// What an operator is told of an error; of a disk's it stands after a colon.
  package static func of(_ error: any Error) -> Sentence {
    switch error {
    case let error as any SpokenError: error.sentence
    case let error as RPCError: CallFailure(error).sentence
    case is RuntimeError: ConnectionFault.other.sentence
    case let error as CocoaError: .told(error.localizedDescription)
    default: .unexpected(error)
    }
  }

  /// What an operator is told where this version does not know what its device is for.
  static func deviceNeedsUpdate(_ unknown: InvalidInput) -> Sentence {
    Sentence(.laneDeviceNeedsUpdate, ["fault": .sentence(unknown.sentence)])
  }
}

/// A scan is too old for its device to take it back.
package struct UndoTooLate: SpokenError {
  package var sentence: Sentence { .undoTooLate }
}
