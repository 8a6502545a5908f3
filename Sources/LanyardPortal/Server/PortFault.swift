import Glibc
import LanyardDomain
import LanyardTexts
import NIOCore

/// Why the pages cannot be listened for.
struct PortFault: SpokenError {
  let sentence: Sentence

  /// Nil where it is another failure.
  init?(_ error: IOError, at endpoint: Endpoint) {
    let key: Sentence.Key? =
      switch error.errnoCode {
      case EADDRINUSE: .serverPortTaken
      case EADDRNOTAVAIL: .serverAddressElsewhere
      case EACCES: .serverPortNotAllowed
      default: nil
      }
    guard let key else { return nil }
    sentence = Sentence(key, ["address": .text("\(endpoint)"), "option": .text("--web")])
  }
}
