package import LanyardTexts

/// Why a device, its folder or its place cannot be used as was asked.
package struct DeviceFault: SpokenError {
  package let sentence: Sentence
  package let isWrongUse: Bool

  /// Asking otherwise helps.
  static func usage(_ sentence: Sentence) -> DeviceFault { DeviceFault(sentence: sentence, isWrongUse: true) }

  /// Something failed: the disk, the server or the network.
  static func failed(_ sentence: Sentence) -> DeviceFault { DeviceFault(sentence: sentence, isWrongUse: false) }
}
