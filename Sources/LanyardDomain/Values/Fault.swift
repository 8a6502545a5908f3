/// What is wrong with a field, and what to do: facts alone. `LanyardTexts` has the words, in each language.
package enum Fault: Hashable, Sendable {
  /// Of a JSON text.
  case json(JSONFault)
  /// Of a value of a JSON document.
  case document(DocumentFault)
  /// Of a programme.
  case programme(ProgrammeFault)
  /// Of a field that only callers of the services send.
  case request(RequestFault)
  /// Of a HOST:PORT.
  case endpoint(EndpointFault)
  /// Of a table in a CSV file.
  case table(TableFault)
  /// Of an e-mail address.
  case address(AddressFault)
  /// Of a question of an event, or an answer to one.
  case question(QuestionFault)

  /// is longer than {limit} characters; shorten it
  case tooLong(limit: Int)
  /// is longer than {limit} characters
  case codeTooLong(limit: Int)
  /// holds the character U+{code}, which is invisible or reorders text; take it out
  case hiddenCharacter(code: String)
  /// is not a date such as 2026-07-06
  case noDate
  /// is not a time between the years 1 and 9999
  case noTime
  /// is not a UUID
  case noUUID
  /// is not an etag that this server gives; read the resource again
  case noEntityTag
  /// is empty, and so is family_name; give at least one of them
  case noName
  /// has no character that can be seen; write the name, or leave it empty
  case invisibleName
  /// is not changed with a personal link; ask the registration desk
  case notByLink
  /// is a role that nobody registers with in public; leave it empty
  case roleNotInPublic
  /// stands without registration_opens; say when people may begin to register too
  case closesWithoutOpening
  /// is not an address that begins with https://
  case noWebAddress
  /// is not a BCP 47 language tag such as en or zh-Hans
  case noLanguageTag
  /// is empty; say one of: {choices}
  case noChoice(choices: [String])
  /// is not one that this event has: {choices}
  case unknownChoice(choices: [String])
  /// is not one that this event has: this event has none; leave it empty
  case nothingToChoose
  /// is not an ISO 3166-1 alpha-2 country code in capitals, such as CH
  case noCountry
  /// is a country that nobody is from; this event has people from: {known}
  case otherCountry(known: [String])
  /// is of no organisation that anybody is of; most people of this event are of: {known}
  case otherOrganisation(known: [String])
  /// names a day that is none of the event, {start} to {end}
  case otherDay(start: String, end: String)
  /// is not stated; say ONSITE or REMOTE
  case noParticipation
  /// is REMOTE, and this event takes place on site only; say ONSITE
  case onSiteOnly
  /// has a registration that is {state}; an import does not bring it back: register the person anew
  case registrationEnded(state: RegistrationState)
  /// differs from the live registration of the same e-mail address; change that one, or cancel it first
  case differsFromLive
  /// is ONSITE, and no place on site is left; say REMOTE, or raise the capacity
  case noPlaceLeft
  /// is of another event than the rest of the request
  case otherEvent
  /// is of another event than the checkpoint
  case otherEventThanCheckpoint
  /// is empty; it has the form {form}
  case emptyResourceName(form: String)
  /// is not a resource name of this kind; it has the form {form}
  case otherResourceName(form: String)
  /// is an id; say its event too, or the whole resource name
  case eventNotSaid
  /// is not after the start
  case endNotAfterStart
  /// is not 1 to 1,000,000; leave it out for no limit
  case capacityOutOfRange
  /// and closes_minute are not minutes of a day
  case noMinutesOfDay
  /// is not an Ed25519 key
  case noEd25519Key
  /// is none of the languages that Lanyard speaks; write one of: {known}
  case otherLanguage(known: String)
  /// is not stated; it knows {known}
  case notStated(known: String)
  /// is {number}, which this version does not know; it knows {known}
  case unknownNumber(number: Int, known: String)
  /// has more than {limit} entries; send several requests
  case tooManyEntries(limit: Int)
  /// has more than {limit} names; send several requests
  case tooManyNames(limit: Int)
  /// has more than {limit} names; name none for all
  case tooManyCheckpoints(limit: Int)
  /// has {limit} codes already with which a device can still enrol; withdraw some, or wait until they run out
  case tooManyCodes(limit: Int)
  /// has more than {limit} rows; send several messages
  case tooManyRows(limit: Int)
  /// has more than {limit} scans; send several messages
  case tooManyScans(limit: Int)
  /// has more than {limit} words; say fewer of the name
  case tooManyWords(limit: Int)
  /// needs at least {limit} letters of the name
  case tooFewLetters(limit: Int)
  /// is empty; name the device
  case unnamedDevice
  /// is not 1 to 60 minutes
  case lifetimeOutOfRange
  /// is empty; say why
  case noReasonGiven
  /// is not {low} to {high}
  case outOfRange(low: Int, high: Int)
  /// is negative
  case isNegative
  /// does not go with the answer; leave it out
  case besideAnswer
  /// is not the PEM text of a certificate request
  case noCertificateRequest
  /// is not signed with its own key; make a new one
  case forgedCertificateRequest
  /// has a key that is not of the curve P-256; make one with P-256
  case otherCertificateKey
  /// is not known to this machine; install tzdata
  case unknownTimeZone(zone: String)
  /// and {count} more; mend these first
  case moreFaults(count: Int)
  /// would make more than {limit}, with those that the event had before; keep the ids that it had
  case tooManyTerms(limit: Int)
  /// or end_date or time_zone differs from the days that issued badges are valid for; badges cannot follow
  case daysOfBadges(start: String, end: String, zone: String)
  /// is below the {count} registrations that are confirmed already; cancel some first
  case belowConfirmed(count: Int)
  /// has {session} in a room without a checkpoint
  case roomWithoutCheckpoint(session: String)
}
