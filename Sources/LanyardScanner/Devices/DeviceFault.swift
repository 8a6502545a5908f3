package import LanyardTexts

/// Why a device, its folder or its place cannot be used as was asked.
package struct DeviceFault: SpokenError {
  package let sentence: Sentence
  package var isWrongUse = false
  package var isAnswer = false

  /// Asking otherwise helps.
  static func usage(_ sentence: Sentence) -> DeviceFault { DeviceFault(sentence: sentence, isWrongUse: true) }

  /// What was asked for is not for the device.
  static func answer(_ sentence: Sentence) -> DeviceFault { DeviceFault(sentence: sentence, isAnswer: true) }

  /// Another program holds the folder or the journal: later it may be free.
  static func taken(_ sentence: Sentence) -> DeviceFault { DeviceFault(sentence: sentence) }

  /// Something failed: the disk, the server or the network.
  static func failed(_ sentence: Sentence) -> DeviceFault { DeviceFault(sentence: sentence) }
}
