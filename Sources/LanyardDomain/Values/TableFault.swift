/// What is wrong with a table in a CSV file. See `Fault`.
package enum TableFault: Hashable, Sendable {
  /// is missing, the file is empty; begin with the header {header}
  case empty(header: String)
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
}
