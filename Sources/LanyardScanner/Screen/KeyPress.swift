/// One press of a key of the operator's keyboard, or what a scanner typed.
package enum KeyPress: Hashable, Sendable {
  /// A character to be added to what was typed.
  case character(Character)
  case enter
  case backspace
  case escape
  case up
  case down
  case left
  case right
  /// F1 to F12.
  case function(Int)
  /// A letter or sign together with Ctrl, in lower case; Ctrl-I is also the Tab key.
  case control(Character)
  /// The end of input: Ctrl-D.
  case end
}
