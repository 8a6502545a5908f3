package import LanyardDomain

/// Why a store did not do what was asked. A refusal at a door is not among them: it is an answer.
package enum StoreError: Error, Sendable, Equatable {
  /// What was sent breaks a rule; each fault names its field.
  case invalid(InvalidInput)
  /// There is no resource of this name.
  case notFound(ResourceName)
  /// The e-mail address has a live registration for the event.
  case alreadyRegistered
  /// The last registration of the e-mail address was rejected, and nobody has lifted that.
  case rejectedBefore
  /// What is asked for is the organiser's to decide.
  case decisionNeeded
  /// Nobody registers for the event in public now.
  case registrationNotOpen(RegistrationNotOpen)
  /// Somebody does not join a session over the network.
  case notJoinable(NotJoinable)
  /// The event has no place on site left.
  case noPlace
  /// The place does not take as many bookings.
  case bookedOut(BookedOut)
  /// The session takes no bookings.
  case takesNoBookings(ResourceName)
  /// Somebody relies on the event, so that it is not deleted.
  case eventInUse(EventInUse)
  /// An import would do what it has to be told to do; nothing was written.
  case importQuestioned([ImportQuestion])
  /// The step does not lead on from the registration's state.
  case stepRefused(RegistrationStepRefused)
  /// The resource has changed since its etag was read.
  case etagMismatch
  /// The request id was used before with other content.
  case requestIDReused
  /// The badge is not the active one of its registration.
  case badgeNotActive(ResourceName, BadgeState)
  /// The mail was sent, or says nothing any more.
  case mailEnded(ResourceName)
  /// The key signs new badges, so that it is not retired.
  case keySigns(ResourceName)
  /// So many badges that work were signed with the key, so that it is not retired.
  case keyInUse(ResourceName, badges: Int)
  /// The key that signed was retired meanwhile.
  case keyChanged
  /// The scan is another device's, or too old to be taken back by the device that made it.
  case undoRefused(isOwn: Bool)
  /// The enrolment code is not known, was used, or has run out.
  case enrolmentCodeRefused
  /// The organiser has withdrawn the enrolment code.
  case enrolmentCodeWithdrawn
  /// A device has enrolled with the code.
  case enrolmentCodeUsed(by: ResourceName)
  /// The device was revoked, so that nothing of it can be changed.
  case deviceEnded(ResourceName)
  /// The device was revoked.
  case deviceRevoked
  /// A badge was asked for a registration that is not confirmed.
  case notConfirmed(ResourceName, state: RegistrationState)
  /// The person of the registration was erased, so that nothing can be noted about them.
  case erased(ResourceName)
  /// The person is erased, and traces are left in the store's files, which somebody reads just now.
  case erasureUnfinished
  /// The data is of a rehearsal and the run is not, or the other way round.
  case otherMode(dataIsRehearsal: Bool)
  /// A row has a value that this version does not know; one that wrote it does.
  case unknownValue(table: String, column: String)
  /// The disk has no room; nothing was written.
  case outOfSpace
  /// The store's file was deleted or replaced while it was open; what was written then is not in it.
  case vanished
  /// The data is in use by another process for too long; nothing was written.
  case busy
  /// Rows were changed and no change was recorded of it: a programmer's error. Nothing was written.
  case unsigned
  /// The call was cancelled before anything was done.
  case cancelled
  /// The store's own fault: how far it reaches, and what it is about, for the log; no content of rows.
  case failed(StoreFault, about: String = "")
}
