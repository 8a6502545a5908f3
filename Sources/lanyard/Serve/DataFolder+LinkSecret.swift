import Foundation
import LanyardServer
import LanyardTexts

extension DataFolder {
  /// What the secrets of personal links are derived from; made where there is none yet.
  ///
  /// - Throws: `CommandFailure` where it cannot be read or written, or is none.
  func linkSecret() throws -> LinkSecret {
    guard FileManager.default.fileExists(atPath: links) else {
      let secret = LinkSecret.random()
      try DataFolder.write(secret.text + "\n", to: links)
      return secret
    }
    let text: String
    do {
      text = try String(contentsOfFile: links, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    } catch {
      throw CommandFailure.usage(
        Sentence(.storeUnreadable, ["file": .text(links), "cause": .text(error.localizedDescription)])
      )
    }
    guard let secret = LinkSecret(text) else {
      throw CommandFailure.usage(Sentence(.settingLinksBroken, ["file": .text(links)]))
    }
    return secret
  }
}
