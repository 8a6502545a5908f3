/// What is wrong with a field, and what to do: facts alone. `LanyardTexts` has the words, in each language.
package enum Fault: Hashable, Sendable {
  /// Of a JSON text.
  case json(JSONFault)
  /// Of a value of a JSON document.
  case document(DocumentFault)
  /// Of a programme.
  case programme(ProgrammeFault)

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
  /// is not a UUID; the device makes one for each scan
  case noScanID
  /// is not a UUID; make a random one for each request
  case noRequestID
  /// is empty; give an address such as name@example.org
  case noAddress
  /// holds an invisible character; type it anew
  case invisibleInAddress
  /// needs one @ between a name and a domain
  case addressWithoutAt
  /// needs 1 to 64 bytes before the @
  case addressWithoutName
  /// holds a space or a character that addresses do not have; give the bare address
  case forbiddenInAddress
  /// is longer than 254 bytes; give a shorter address
  case addressTooLong
  /// needs a domain such as example.org after the @
  case addressWithoutDomain
  /// is empty, and so is family_name; give at least one of them
  case noName
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
  /// is not stated; say ONSITE or REMOTE
  case noParticipation
  /// is REMOTE, and this event takes place on site only; say ONSITE
  case onSiteOnly
  /// is missing, the file is empty; begin with the header {header}
  case emptyTable(header: String)
  /// is not separated by commas; save the file with commas between its columns
  case otherSeparator
  /// is not a known column: "{name}"; known are: {known}
  case unknownColumn(name: String, known: String)
  /// is not a known column: "{name}"; did you mean {meant}?
  case misspeltColumn(name: String, meant: String)
  /// is {name} a second time; take one of them out
  case doubledColumn(name: String)
  /// is missing from the header; add this column
  case missingColumn
  /// has {fields} fields and the header has {header}; put fields with commas in quotes
  case otherFieldCount(fields: Int, header: Int)
  /// is neither ONSITE nor REMOTE; write one of them
  case unknownParticipation
  /// is none of yes, no, true and false; write one or leave it empty
  case noYesOrNo
  /// opens a quote in field {field} that is never closed; close it, or double quotes that are part of a text
  case openQuote(field: Int)
  /// field {field} holds a stray quote; put the whole field in quotes and double the quotes inside it
  case strayQuote(field: Int)
  /// field {field} goes on after its closing quote; put the whole field in quotes and double the quotes inside it
  case textAfterQuote(field: Int)
  /// is not UTF-8 text; save the file as CSV in the encoding UTF-8
  case notCSVInUTF8
  /// is longer than {limit} bytes, the most of a row; is a quote missing or a line break?
  case rowTooLong(limit: Int)
  /// has more than {limit} fields, the most of a row
  case tooManyFields(limit: Int)
  /// has a registration that is {state}; an import does not bring it back: register the person anew
  case registrationEnded(state: String)
  /// differs from the live registration of the same e-mail address; change that one, or cancel it first
  case differsFromLive
  /// is of another event than parent
  case otherEventThanParent
  /// is of another event than the checkpoint
  case otherEventThanCheckpoint
  /// is of another event
  case ofAnotherEvent
  /// is empty; it has the form {form}
  case emptyResourceName(form: String)
  /// is not a resource name of this kind; it has the form {form}
  case otherResourceName(form: String)
  /// was not made for this list; send next_page_token with the other fields unchanged, or leave it empty
  case otherListsToken
  /// is negative; say 0 for {usual}, or up to {limit}
  case negativePageSize(usual: Int, limit: Int)
  /// is not 0 to {limit}
  case pageSize(limit: Int)
  /// is not after the start
  case endNotAfterStart
  /// is empty; name closed, capacity, directions or re_entry_allowed
  case emptyCheckpointMask
  /// names {path}; closed, capacity, directions and re_entry_allowed can be changed
  case otherCheckpointPath(path: String)
  /// names {path}; attention and attention_note can be changed
  case otherBadgePath(path: String)
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
  /// is not stated or not known; say FORMAT_PNG, FORMAT_SVG or FORMAT_PDF
  case unknownFormat
  /// has more than {limit} entries; send several requests
  case tooManyEntries(limit: Int)
  /// has more than {limit} names; send several requests
  case tooManyNames(limit: Int)
  /// has more than {limit} names; name none for all
  case tooManyCheckpoints(limit: Int)
  /// has more than {limit} rows; send several messages
  case tooManyRows(limit: Int)
  /// has more than {limit} scans; send several messages
  case tooManyScans(limit: Int)
  /// has more than {limit} words; say fewer of the name
  case tooManyWords(limit: Int)
  /// needs at least {limit} letters of the name
  case tooFewLetters(limit: Int)
  /// is missing, and nothing is undone
  case nothingUndone
  /// is empty; name the device
  case unnamedDevice
  /// is not 1 to 60 minutes
  case lifetimeOutOfRange
  /// differs from that of the first message; use one stream an event
  case otherEventOnStream
  /// differs from that of the first message; use one stream a lane
  case otherLaneOnStream
  /// is missing; the first message names the event
  case eventNotNamed
  /// is missing; the first message names the checkpoint
  case checkpointNotNamed
  /// stands beside a code; give one
  case besideCode
  /// is empty; say why
  case noReasonGiven
  /// is negative
  case isNegative
  /// was not taken: {cause}
  case certificateNotTaken(cause: String)
  /// is not known to this machine; install tzdata
  case unknownTimeZone(zone: String)
  /// was used before
  case usedBefore
  /// stands for another scan
  case otherScansID
  /// and {count} more; mend these first
  case moreFaults(count: Int)
  /// stands beside a cursor; give one of them
  case besideCursor
  /// is {address}: say an IP address and a port, such as 0.0.0.0:8443
  case noSocketAddress(address: String)
  /// is {text}: it has no port; say HOST:PORT, such as 127.0.0.1:8443
  case noPort(text: String)
  /// is {text}: the port is not {low} to {high}
  case portOutOfRange(text: String, low: Int, high: Int)
  /// is {text}: an IPv6 address stands in brackets, such as [::1]:8443, and a name has no colon
  case bareIPv6(text: String)
  /// is {text}: in the brackets is no IPv6 address
  case noIPv6(text: String)
  /// is {text}: the host is no name and no IP address
  case noHost(text: String)
  /// would make more than {limit}, with those that the event had before; keep the ids that it had
  case tooManyTerms(limit: Int)
  /// or end_date or time_zone differs from the days that issued badges are valid for; badges cannot follow
  case daysOfBadges(start: String, end: String, zone: String)
  /// is below the {count} registrations that are confirmed already; cancel some first
  case belowConfirmed(count: Int)
  /// has {session} in a room without a checkpoint
  case roomWithoutCheckpoint(session: String)
}
