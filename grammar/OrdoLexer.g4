// The raw shapes of tokens: no skin, no keyword, no position. The scanner of compiler/syntax is written by hand and proved equal
// to this lexer token for token (tests/unit/syntax_scanner_test.cc and the fuzzer). What a word means where it stands is decided
// one layer above, by the words of words.def.
lexer grammar OrdoLexer;

WORD      : LETTER (LETTER | MARK | [0-9_])* ;
NUMBERISH : [0-9]+ ([.,/:\-] [0-9]+)* | [IVX]+ '/' [0-9]+ ;
TEXT      : '"' ~["\r\n]* '"' | '\u201C' ~[\u201D\r\n]* '\u201D' | '"""' .*? '"""' ;
// The open long text holds no """ on its line: else it would be longer than the closed one before it.
OPEN_TEXT : '"' ~["\r\n]* | '\u201C' ~[\u201D\r\n]* | '"""' ('"'? '"'? ~["\r\n])* ('"' '"'?)? ;
COMPARE   : '>=' | '<=' | '!=' | '=' | '>' | '<' | '\u2265' | '\u2264' | '\u2260' ;
PUNCTUATION : [{}();,.:+\-*/%] | '\u2013' | '\u2014' ;
COMMENT   : '//' ~[\r\n]* ;
NEWLINE   : '\r\n' | '\n' | '\r' ;
BLANK     : [ \t\u00A0\uFEFF]+ -> skip ;
OTHER     : . ;

fragment LETTER : [A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F\u1E00-\u1EFF] ;
fragment MARK   : [\u0300-\u036F] ;
