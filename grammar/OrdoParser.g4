// The grammar of the plan language, one for both skins. Tokens are made by the token source of compiler/syntax out of the raw
// shapes of OrdoLexer.g4 and the words of words.def: a key with its colon is one token, a statement ends in one END token, braces
// always balance. So every decision is made on one token (a build test counts the calls of adaptive prediction: none), and a new
// construct is a row in a table, not a rule here. Types are checked in the model.
parser grammar OrdoParser;

tokens {
  KIND, TYPE, ID, MEMBER, TEXT, NUMBER, DATE, UNIT, WORD,
  KEY, EXPR_KEY, IMPORT, SERIES, PARAMETER, EXPECT, FOR_EACH, LET, CONDITION, TOP, BY,
  AND, OR, NOT, AMONG, STATED, AGGREGATE, DISTINCT, WITH, MEASURE, TO, IN,
  COMPARE, SIGN, DOT, COMMA, LB, RB, LP, RP, END, STRAY
}

file : line* EOF ;

line : block | field | clause | STRAY ;

block   : heading LB line* RB ;
heading : KIND TYPE? (ID (DOT ID)?)? parameters? TEXT? ;
parameters : LP (TYPE ID (COMMA TYPE ID)*)? RP ;

field : KEY value (COMMA value)* END
      | EXPR_KEY expr (COMMA expr)* END ;

value : (ID | MEMBER | DOT | TEXT | NUMBER | DATE | UNIT | WORD | COMPARE | SIGN)+ ;

clause : IMPORT TEXT END
       | SERIES value (COMMA value)* END
       | PARAMETER ID COMPARE value (COMMA value)* END
       | EXPECT NUMBER? path (WORD path?)* TEXT? END
       | FOR_EACH item (COMMA item)* (WITH expr)? END
       | LET ID COMPARE expr END
       | TOP (NUMBER | ID) BY expr (FOR_EACH item (COMMA item)*)? END
       | CONDITION expr END ;

// Precedence is climbed where types are known, in the model: one flat list of operands here.
expr : unary ((AND | OR | COMPARE | SIGN | AMONG) unary)* ;

unary : (NOT | SIGN)* primary STATED? ;

primary : path (IN (NUMBER | DATE))?
        | NUMBER UNIT? (WORD UNIT)?
        | DATE
        | TEXT
        | WORD
        | LP expr RP
        | MEASURE primary TO primary
        | AGGREGATE LP aggregate RP ;

path : ID (LP (expr (COMMA expr)*)? RP)? (DOT (MEMBER | ID))* ;

aggregate : DISTINCT? item (COMMA item)* (FOR_EACH item (COMMA item)*)? (WITH expr)? ;

// `task t` or an expression; `u among t.lead` is an expression whose left side is a new name.
item : TYPE ID | expr ;
