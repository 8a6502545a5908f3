/// A value with a private key in it, which neither printing nor dumping it reveals.
package protocol SecretBearing: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension SecretBearing {
  /// The name of the type only.
  package var description: String { "\(Self.self)(secret withheld)" }
  /// The same as `description`.
  package var debugDescription: String { description }
  /// Has no children.
  package var customMirror: Mirror { Mirror(self, children: []) }
}
