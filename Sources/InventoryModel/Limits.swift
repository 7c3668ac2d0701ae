// SPDX-License-Identifier: Apache-2.0

/// Every maximum the formats and the rules share. Reaching one is a clear refusal. Limits that
/// belong to one machine (connections, queues, memory) are configuration; these are ceilings.
public enum Limits {
  /// Characters (Unicode scalars) of a SKU.
  public static let skuScalarsMax = 64
  /// Characters (Unicode scalars) of a source or channel code.
  public static let codeScalarsMax = 64
  /// UTF-8 bytes of a document or customer id.
  public static let documentBytesMax = 64
  /// UTF-8 bytes of any text on the wire; longer is `malformed`, whatever the field.
  public static let textBytesMax = 1_024
  /// Lines of one command. The largest real order we know has 1,106.
  public static let linesMax = 8_190
  /// Commands of one explicit batch frame.
  public static let batchCommandsMax = 8_190
  /// Bytes of one frame, header included, once the connection is greeted.
  public static let frameBytesMax = 1 << 20
  /// Bytes of one frame before the greeting is accepted.
  public static let frameBytesBeforeGreetingMax = 4_096
  /// Rows of one page of a listing.
  public static let pageRowsMax = 4_096
  /// Magnitude of a quantity in a request, in 1/10,000 unit (99,999,999,999.9999 units).
  public static let quantityTenThousandthsMax: Int64 = 999_999_999_999_999
  /// Shortest hold, in seconds.
  public static let holdSecondsMin: Int64 = 1
  /// Longest hold, in seconds: 24 hours.
  public static let holdSecondsMax: Int64 = 86_400
  /// Length of a hold that names none, in seconds.
  public static let holdSecondsDefault: Int64 = 900
  /// Longest total life of an extended hold that asked for less at first, in seconds: 2 hours.
  public static let holdLifetimeSecondsDefault: Int64 = 7_200
  /// How long a closed hold and an unlinked stored answer stay known, in seconds: 24 hours.
  public static let retentionSecondsDefault: Int64 = 86_400
  /// Sources a stock may link.
  public static let linksPerStockMax = 1_024
  /// Tags a product may have.
  public static let tagsMax = 64
}
