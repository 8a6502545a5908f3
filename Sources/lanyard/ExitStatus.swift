import GRPCCore
import LanyardClient

/// How a command ended, as scripts see it. One kind of fault ends alike wherever it is found; the manual says the same of each:
///
/// | what is at fault | |
/// |---|---|
/// | what is asked for: it is not there, fits several, or is not for the caller | `negative` |
/// | what a file says that is handed over: damaged, of another kind, a field that cannot be | `negative`, as `content` |
/// | what is typed or set: a command, an option, its value, a setting, a load test's scenario | `usage` |
/// | a path: it cannot be read or written, or has something that must not be written over | `usage` |
/// | another program that holds a port, a data folder or a lane's journal at the moment | `unreachable`, as `taken` |
/// | the server, the network, this machine: not reached, the caller not known there, failed | `unreachable` |
enum ExitStatus: Int32, Error {
  case done = 0
  /// Done with a negative result.
  case negative = 1
  case usage = 2
  /// Server or network.
  case unreachable = 3

  /// What a file says is refused.
  static let content = negative
  /// Another program holds what is asked for: later it may be free.
  static let taken = unreachable

  /// How a command ends whose call failed: what only the server finds ends as what is found here.
  init(of failure: CallFailure) {
    self =
      if failure.isServerOrNetwork { .unreachable } else if failure.code == .invalidArgument { .usage } else {
        .negative
      }
  }
}

extension ExitStatus: Comparable {
  static func < (left: ExitStatus, right: ExitStatus) -> Bool { left.rawValue < right.rawValue }
}
