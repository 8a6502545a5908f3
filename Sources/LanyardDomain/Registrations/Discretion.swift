/// What whoever changes registrations may settle, and does.
package struct Discretion: Hashable, Sendable {
  /// Whether they may decide on people: lift a rejection, and put somebody into a group or role that the event reviews.
  package let mayDecide: Bool
  /// Whether the registration is their own: what one is reached and let in by, others change.
  package let isOwn: Bool
  /// Whether the person takes a place on site though none is left.
  package var overCapacity = false
  /// Why, in their words: kept with the person, and erased with them. Empty where nothing is said.
  package var note = ""

  /// The most characters of a note.
  package static let noteLimit = 500

  package init(mayDecide: Bool) { self.init(mayDecide: mayDecide, isOwn: false) }

  private init(mayDecide: Bool, isOwn: Bool) { (self.mayDecide, self.isOwn) = (mayDecide, isOwn) }

  /// Of who organises the event, and lets nobody in past a limit.
  package static let organiser = Discretion(mayDecide: true)
  /// Of who carries out what the event's rules say.
  package static let desk = Discretion(mayDecide: false)
  /// Of whom a registration is of.
  package static let participant = Discretion(mayDecide: false, isOwn: true)

  /// The same for one person whom a place is given though none is left.
  package var goingOver: Discretion {
    var going = self
    going.overCapacity = true
    return going
  }
}
