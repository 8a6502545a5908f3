import GRDB
import GRDBSQLite
import LanyardStore

/// A prepared statement of the hot path. Values go straight to and from SQLite: a GRDB `Row` would build a dictionary of
/// column names and an array of arguments for each scan, which costs as much as SQLite's own work.
struct HotStatement {
  /// Owns the pointer and keeps the statement prepared for the next transaction.
  private let statement: Statement
  private var pointer: SQLiteStatement { statement.sqliteStatement }

  init(_ sql: String, _ db: Database) throws {
    statement = try db.cachedStatement(sql: sql)
  }

  init(_ sql: LanyardStore.SQL, _ db: Database) throws { try self.init(sql.text, db) }

  /// Gives the statement its values, in the order of its parameters.
  ///
  /// - Throws: `DatabaseError` where a value is not taken, so that no statement runs with those of the scan before.
  func bind(_ values: (inout Binder) -> Void) throws {
    var binder = Binder(pointer: pointer)
    values(&binder)
    guard binder.code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: binder.code)) }
  }

  /// Takes the values of a statement one after the other; nil is NULL.
  struct Binder {
    fileprivate let pointer: SQLiteStatement
    /// The first result that is not SQLITE_OK.
    fileprivate private(set) var code = SQLITE_OK
    private var index: Int32 = 0

    fileprivate init(pointer: SQLiteStatement) {
      self.pointer = pointer
    }

    mutating func add(_ value: Int64?) {
      index += 1
      note(value.map { sqlite3_bind_int64(pointer, index, $0) } ?? sqlite3_bind_null(pointer, index))
    }

    mutating func add(_ text: String?) {
      index += 1
      guard var text else { return note(sqlite3_bind_null(pointer, index)) }
      // The destructor -1 (SQLITE_TRANSIENT) has SQLite copy the bytes before this returns.
      let copy = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      let result = text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          sqlite3_bind_text(pointer, index, $0.baseAddress, Int32(bytes.count), copy)
        }
      }
      note(result)
    }

    mutating func add(_ data: [UInt8]) {
      index += 1
      // As above.
      let copy = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      note(data.withUnsafeBytes { sqlite3_bind_blob(pointer, index, $0.baseAddress, Int32($0.count), copy) })
    }

    mutating func add(_ scalar: SQLScalar) {
      switch scalar {
      case .null: add(nil as Int64?)
      case .integer(let value): add(value)
      case .text(let text): add(text)
      case .data(let data): add(data)
      }
    }

    private mutating func note(_ result: Int32) {
      if code == SQLITE_OK { code = result }
    }
  }

  /// Runs the statement up to its next row; false where there is none any more. `reset` it afterwards in any case.
  ///
  /// - Throws: `DatabaseError`.
  func step() throws -> Bool {
    switch sqlite3_step(pointer) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code:
      sqlite3_reset(pointer)
      throw DatabaseError(resultCode: ResultCode(rawValue: code))
    }
  }

  /// Runs a statement that returns no rows.
  ///
  /// - Throws: `DatabaseError`.
  func run() throws {
    defer { reset() }
    _ = try step()
  }

  /// Makes the statement ready to be bound anew.
  func reset() { sqlite3_reset(pointer) }

  /// Columns are numbered from 0.
  func int64(_ column: Int32) -> Int64 { sqlite3_column_int64(pointer, column) }

  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(pointer, column) == SQLITE_NULL }

  func isInteger(_ column: Int32) -> Bool { sqlite3_column_type(pointer, column) == SQLITE_INTEGER }

  func isText(_ column: Int32) -> Bool { sqlite3_column_type(pointer, column) == SQLITE_TEXT }

  func isData(_ column: Int32) -> Bool { sqlite3_column_type(pointer, column) == SQLITE_BLOB }

  func data(_ column: Int32) -> [UInt8] {
    guard let bytes = sqlite3_column_blob(pointer, column) else { return [] }
    return [UInt8](UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(pointer, column))))
  }

  func string(_ column: Int32) -> String {
    guard let bytes = sqlite3_column_text(pointer, column) else { return "" }
    let count = Int(sqlite3_column_bytes(pointer, column))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }
}
