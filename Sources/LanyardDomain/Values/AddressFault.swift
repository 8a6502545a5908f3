/// What is wrong with an e-mail address. See `Fault`.
package enum AddressFault: Hashable, Sendable {
  /// is empty; give an address such as name@example.org
  case missing
  /// holds an invisible character; type it anew
  case invisible
  /// needs one @ between a name and a domain
  case withoutAt
  /// needs 1 to 64 bytes before the @
  case withoutName
  /// holds a space or a character that addresses do not have; give the bare address
  case forbidden
  /// is longer than 254 bytes; give a shorter address
  case tooLong
  /// needs a domain such as example.org after the @
  case withoutDomain
}
