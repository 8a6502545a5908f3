/// What is wrong with a table in a file. See `Fault`.
package enum TableFault: Hashable, Sendable {
  /// is missing, the file is empty; begin with the header {header}
  case empty(header: String)
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
  /// has a text in column {column}, which the header does not name; name it there, or empty it
  case textWithoutColumn(column: Int)
  /// is in row {row} too; keep one of the two
  case twice(row: Int)
  /// says {state}; only registrations that stand are imported: take the row out
  case endedElsewhere(state: RegistrationState)
  /// is no country; write its code, such as CH, or its name in Arabic, Chinese, English, French, Russian or Spanish
  case unknownCountry
  /// holds {value}, the sign of a formula that failed; mend the cell, or empty it
  case errorCell(value: String)
  /// is not COLUMN=FIELD: the name in the file, an equals sign, one of: {known}
  case noMapping(known: String)
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
  /// is not text in the encoding {encoding}; say another, or save the file as CSV UTF-8 or .xlsx
  case otherEncoding(encoding: String)
  /// is neither UTF-8 nor Windows-1252; say which it is, {known}, or save the file as CSV UTF-8 or .xlsx
  case unknownEncoding(known: [String])
  /// is of another kind, of before 2007 or locked by a password; save it as .xlsx without a password, or as CSV UTF-8
  case otherWorkbook
  /// of the workbook is damaged; open it and save it again as .xlsx, or as CSV UTF-8
  case brokenWorkbook
  /// of the workbook is larger than {mebibytes} MiB; keep what is needed, or save it as CSV UTF-8
  case workbookTooLarge(mebibytes: Int)
  /// is longer than {limit} bytes, the most of a row; is a quote missing or a line break?
  case rowTooLong(limit: Int)
  /// has more than {limit} fields, the most of a row
  case tooManyFields(limit: Int)
}
