/* The model as bytes of the program; CB_MODEL_FILE comes from text/CMakeLists.txt. */
    .section .rodata
    .global cb_attribution_model_data
    .global cb_attribution_model_data_end
    .balign 64
cb_attribution_model_data:
    .incbin CB_MODEL_FILE
cb_attribution_model_data_end:
    .byte 0

/* no executable stack */
    .section .note.GNU-stack, "", %progbits
