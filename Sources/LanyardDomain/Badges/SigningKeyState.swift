/// What a key of badge codes does.
package enum SigningKeyState: String, Spelled, Sendable {
  /// Signs new badges, and verifies.
  case signing = "SIGNING"
  /// Verifies what it signed.
  case verifying = "VERIFYING"
  /// Does nothing any more.
  case retired = "RETIRED"
}

/// How the private half of a key is kept.
package enum PrivateHalfState: String, Spelled, Sendable {
  /// As it is: who reads the store has it.
  case plain = "PLAIN"
  /// Encrypted; the server was given what opens it.
  case sealed = "SEALED"
  /// Encrypted, and the server was not given what opens it.
  case locked = "LOCKED"
  /// Destroyed when the key was retired.
  case destroyed = "DESTROYED"
}
